"""The search form as it is shown: place, facets with their counts, chips to take away, orders.

Works as a plain GET form. Neighbours: the list page and the map draw it; `question` reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from maillage.directory.forms.question import FILTERS, RADII_KM, SORTS, Question
from maillage.directory.queries.vocabulary import Vocabulary, names_of_communes
from ui import french

LEGENDS = {
    "famille": "Famille",
    "secteur": "Secteur d’activité",
    "theme": "Thème de la stratégie",
    "public": "Publics accueillis",
    "qualification": "Agréments et labels",
    "cc": "Communauté de communes",
    "commune": "Commune",
}
OPEN_GROUPS = frozenset({"secteur", "cc"})
MOST_COMMUNES = 25
_ANY_COMMUNE = "2Z999"  # shaped like a code, and nobody's

Counts = Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True)
class Option:
    """One box to tick; count is exact, with all the other filters on."""

    value: str
    label: str
    count: int | None
    checked: bool
    id: str = ""
    url: str = ""


@dataclass(frozen=True)
class Group:
    """One family of filters, as the filter_group component takes it."""

    name: str
    legend: str
    options: tuple[Option, ...]
    kind: str = "checkbox"
    id: str = ""
    open: bool = False

    @property
    def active(self) -> int:
        return sum(option.checked for option in self.options)


@dataclass(frozen=True)
class Chip:
    """One filter in force and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    url: str
    is_current: bool


class SearchForm:
    """Shows a question with the facet counts of its answer. action: address of the list, or of the map."""

    def __init__(
        self, question: Question, words: Vocabulary, facets: Counts, open_count: int | None, action: str
    ) -> None:
        self.question, self.words, self.facets, self.open_count, self.action = (
            question, words, facets, open_count, action,
        )  # fmt: skip

    def url(self, question: Question) -> str:
        address = question.address()
        return f"{self.action}?{address}" if address else self.action

    @cached_property
    def _names(self) -> dict[str, str]:
        """Names of the communes to show, those of elsewhere read in one query."""
        shown = [code for code, _ in self.facets.get("commune", ())[:MOST_COMMUNES]]
        missing = [code for code in shown if not self.words.knows("commune", code)]
        return {**self.words.labels["commune"], **(names_of_communes(missing) if missing else {})}

    @property
    def place(self) -> str:
        """What stands in the « Où ? » field: one commune, or nothing."""
        commune = self.question.commune
        return self.words.label("commune", commune) if commune else ""

    @property
    def place_choices(self) -> tuple[str, ...]:
        """Names offered while one types, without script: the communes, then the CC."""
        return (*(place.name for place in self.words.communes.values()), *self.words.labels["cc"].values())

    @property
    def radii(self) -> list[tuple[str, str, bool]]:
        """(value, label, chosen) of the distance list."""
        asked = self.question.radius_km
        kept = sorted({*RADII_KM, *([asked] if asked else [])})
        choices = [("", "dans la commune" if self.question.latitude is None else "sans limite", asked is None)]
        return choices + [
            (f"{km:g}", f"à {french.number(km, 0 if km == int(km) else 1)} km à la ronde", km == asked) for km in kept
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the fields do not show but must not be lost: position, frame, several communes, order."""
        names = {"bbox", "lat", "lon", "tri"} | (set() if self.question.commune else {"commune"})
        return [(name, value) for name, value in self.question.pairs() if name in names]

    @cached_property
    def groups(self) -> list[Group]:
        """The facets that have something to offer."""
        groups = [self._group(name) for name in LEGENDS if name != "commune"]
        return [group for group in groups if group.options]

    def _group(self, name: str) -> Group:
        facet, chosen = FILTERS[name], self.question.filters.get(name, ())
        counts = dict(self.facets.get(facet, ()))
        values = [value for value in self.words.labels.get(facet, {}) if counts.get(value) or value in chosen]
        values += [value for value in counts if value not in values]
        options = tuple(
            Option(value, self.words.label(facet, value), counts.get(value, 0), value in chosen, id=f"{name}-{value}")
            for value in values
        )
        return Group(name, LEGENDS[name], options, id=f"groupe-{name}", open=name in OPEN_GROUPS)

    @cached_property
    def communes(self) -> list[Option]:
        """The communes with most to offer, as links: one place at a time."""
        chosen = () if self.question.is_around_commune else self.question.filters.get("commune", ())
        # The address is written once: only the code changes from one commune to the next.
        before, after = self.url(self.question.within(None).only("commune", _ANY_COMMUNE)).split(_ANY_COMMUNE)
        return [
            Option(code, self._names.get(code, code), count, code in chosen, url=f"{before}{code}{after}")
            for code, count in self.facets.get("commune", ())[:MOST_COMMUNES]
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """Every filter in force, in the order of the address."""
        question = self.question
        chips = [Chip(f"« {question.text} »", self.url(question.without_text()))] if question.text else []
        for name, facet in FILTERS.items():
            for value in question.filters.get(name, ()):
                label = self._names.get(value, value) if name == "commune" else self.words.label(facet, value)
                if name == "commune" and question.is_around_commune:
                    label = f"{self._around} de {label}"
                chips.append(Chip(label, self.url(question.without(name, value))))
        if question.is_open_only:
            chips.append(Chip("ouvert maintenant", self.url(question.always())))
        if question.latitude is not None:
            words = f"{self._around} de votre position" if question.radius_km else "du plus près de votre position"
            chips.append(Chip(words, self.url(question.without_place())))
        elif question.bbox is not None:
            chips.append(Chip("dans le cadre de la carte", self.url(question.without_place())))
        return chips

    @property
    def _around(self) -> str:
        radius = self.question.radius_km or 0
        return f"à moins de {french.number(radius, 0 if radius == int(radius) else 1)} km"

    @property
    def sorts(self) -> list[Choice]:
        """The orders that make sense for this question."""
        offered = [
            name
            for name in SORTS
            if (name != "distance" or self.question.near) and (name != "pertinence" or self.question.text)
        ]
        return [
            Choice(name, SORTS[name], self.url(self.question.sorted_by(name)), name == self.question.order)
            for name in offered
        ]

    @property
    def clear_url(self) -> str:
        return self.action

    @property
    def widen_urls(self) -> list[Choice]:
        """What to try when nothing was found: wider, anywhere, at any hour, without each filter."""
        question, tries = self.question, []
        if question.radius_km is not None:
            wider = next((km for km in RADII_KM if km > question.radius_km), None)
            if wider:
                tries.append((f"Chercher jusqu’à {wider} km", question.within(wider)))
        elif question.commune and question.centre:
            tries.append((f"Chercher à 10 km autour de {self.place}", question.within(10)))
        if question.text and question.filters:
            tries.append(("Garder vos mots, sans aucun filtre", Question(text=question.text)))
        if question.text and (question.filters or question.near):
            tries.append((f"Retirer les mots « {question.text[:40]} »", question.without_text()))
        if question.near or question.bbox:
            tries.append(("Chercher sur tout le territoire", question.without_place()))
        if question.is_open_only:
            tries.append(("Voir aussi ce qui est fermé maintenant", question.always()))
        return [Choice("", label, self.url(asked), False) for label, asked in tries]
