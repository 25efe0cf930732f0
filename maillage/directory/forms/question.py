"""A question to the directory, read from an address: forgiving, and written back one canonical way.

Words: a *question* is everything the list, the map, the exports and the API filter by; a *notice* tells a
visitor what was left aside and why. Neighbours: every door of the directory reads its parameters here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from maillage.directory.queries.vocabulary import Vocabulary, vocabulary
from maillage.search.engine import Query, Sort, week_slot
from maillage.territories.geometry import Box, BoxError, parse_bbox

# Name in the address → facet of the search, in the order of the canonical address.
FILTERS = {
    "famille": "family",
    "secteur": "sector",
    "theme": "theme",
    "public": "target_group",
    "cc": "cc",
    "commune": "commune",
    "qualification": "qualification",
}
SORTS: dict[Sort, str] = {
    "pertinence": "le plus proche de vos mots",
    "nom": "par nom",
    "distance": "du plus près au plus loin",
    "recent": "mises à jour récemment",
}
RADII_KM = (5, 10, 15, 20, 30, 50)
PAGE_SIZE = 20
LAST_PAGE = 500
LONGEST_TEXT = 300
MOST_VALUES = 40
MOST_NOTICES = 5
_COMMUNE_CODE = re.compile(r"\d[0-9AB]\d{3}", re.ASCII)
_WHOLE = re.compile(r"\d{1,3}", re.ASCII)
_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?", re.ASCII)
_KILOMETRES = re.compile(r"\d{1,3}([.,]\d{1,6})?", re.ASCII)


@dataclass(frozen=True)
class Question:
    """What is asked. filters: {name in the address: values, sorted}; latitude and longitude come together.

    radius_km without a position turns around the only commune asked for (`centre`, set by `read_question`).
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_open_only: bool = False
    bbox: Box | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    sort: Sort | Literal[""] = ""
    page: int = 1
    centre: tuple[float, float] | None = None
    notices: tuple[str, ...] = ()

    @property
    def commune(self) -> str:
        """The code of the only commune asked for, or nothing."""
        communes = self.filters.get("commune", ())
        return communes[0] if len(communes) == 1 else ""

    @property
    def is_around_commune(self) -> bool:
        """Do the kilometres turn around a commune, rather than around the visitor?"""
        return self.latitude is None and self.radius_km is not None and self.centre is not None

    @property
    def near(self) -> tuple[float, float] | None:
        """The point that distances are measured from."""
        if self.latitude is not None and self.longitude is not None:
            return self.latitude, self.longitude
        return self.centre

    @property
    def order(self) -> Sort:
        """The sort in use: the one asked for when it makes sense, else the one that suits the question."""
        if self.sort and (self.sort != "distance" or self.near) and (self.sort != "pertinence" or self.text):
            return self.sort
        return self.natural_order

    @property
    def natural_order(self) -> Sort:
        """The order when none is asked for."""
        if self.latitude is not None or self.is_around_commune:
            return "distance"
        return "pertinence" if self.text else "nom"

    @property
    def is_empty(self) -> bool:
        """Is everything asked for?"""
        return not (self.text or self.active_filters or self.near)

    @property
    def active_filters(self) -> int:
        """How many filters are on, the words and the place left aside."""
        chosen = sum(len(values) for name, values in self.filters.items() if name != "commune")
        return chosen + self.is_open_only + (self.bbox is not None)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the canonical address, always in one order."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in FILTERS for value in self.filters.get(name, ())]
        if self.is_open_only:
            pairs.append(("ouvert", "1"))
        if self.bbox is not None:
            box = self.bbox
            pairs.append(("bbox", ",".join(f"{side:g}" for side in (box.west, box.south, box.east, box.north))))
        if self.latitude is not None and self.longitude is not None:
            pairs += [("lat", f"{self.latitude:g}"), ("lon", f"{self.longitude:g}")]
        if self.radius_km is not None:
            pairs.append(("rayon_km", f"{self.radius_km:g}"))
        if self.sort and self.sort == self.order != self.natural_order:
            pairs.append(("tri", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def address(self) -> str:
        """The canonical query string, without its question mark; empty when all is asked for."""
        return urlencode(self.pairs())

    def to_page(self, page: int) -> Question:
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> Question:
        return replace(self, sort=sort, page=1)

    def without_text(self) -> Question:
        return replace(self, text="", page=1)

    def without_place(self) -> Question:
        """The same question, anywhere."""
        filters = {name: values for name, values in self.filters.items() if name != "commune"}
        return replace(
            self, filters=filters, latitude=None, longitude=None, radius_km=None, bbox=None, centre=None, page=1
        )

    def within(self, radius_km: float | None) -> Question:
        return replace(self, radius_km=radius_km, page=1)

    def always(self) -> Question:
        """The same question, whatever the hour."""
        return replace(self, is_open_only=False, page=1)

    def without(self, name: str, value: str) -> Question:
        """The same question without this value of this filter; a radius cannot stay around no commune."""
        kept = tuple(item for item in self.filters.get(name, ()) if item != value)
        filters = {**self.filters, name: kept}
        changed = replace(self, filters={key: values for key, values in filters.items() if values}, page=1)
        return changed.without_place() if name == "commune" and self.is_around_commune else changed

    def only(self, name: str, value: str) -> Question:
        """The same question with this value alone in this filter."""
        return replace(self, filters={**self.filters, name: (value,)}, page=1)

    def to_query(self, at: datetime, *, page_size: int = PAGE_SIZE) -> Query:
        """The question as the search engine takes it. at: aware moment of « ouvert maintenant »."""
        filters = {
            FILTERS[name]: frozenset(values)
            for name, values in self.filters.items()
            if values and not (name == "commune" and self.is_around_commune)
        }
        box = self.bbox
        return Query(
            text=self.text,
            kinds=frozenset({"organisation"}),
            filters=filters,
            bbox=None if box is None else (box.west, box.south, box.east, box.north),
            near=self.near,
            radius_km=self.radius_km,
            now_slot=week_slot(timezone.localtime(at)),
            is_open_only=self.is_open_only,
            sort=self.order,
            page=self.page,
            page_size=page_size,
        )


class _Reader:
    """Reads one parameter after the other and gathers the notices."""

    def __init__(self, params: QueryDict, words: Vocabulary) -> None:
        self.params, self.words = params, words
        self.notices: list[str] = []

    def said(self, name: str) -> str:
        """The last value of a parameter, as clean text without surrounding spaces."""
        return clean(self.params.get(name) or "").strip()

    def leave(self, name: str, value: str, why: str) -> None:
        self.notices.append(f"« {name} = {shorten(value)} » {why} : nous ne l’avons pas pris en compte.")

    def text(self) -> str:
        text = " ".join(self.said("q").split())
        if len(text) <= LONGEST_TEXT:
            return text
        self.notices.append("Votre recherche est très longue : nous n’avons gardé que ses premiers mots.")
        return text[:LONGEST_TEXT].rsplit(" ", 1)[0]

    def filters(self) -> dict[str, tuple[str, ...]]:
        chosen: dict[str, set[str]] = {}
        for name, facet in FILTERS.items():
            for raw in self.params.getlist(name)[:MOST_VALUES]:
                value = clean(raw).strip()
                if value and self.words.knows(facet, value):
                    chosen.setdefault(name, set()).add(value)
                elif value:
                    self.leave(name, value, "ne correspond à aucun choix de l’annuaire")
        return {name: tuple(sorted(values)) for name, values in chosen.items()}

    def place(self) -> dict[str, tuple[str, ...]]:
        """The words of the « Où ? » field, as a filter."""
        words = self.said("lieu")
        if not words:
            return {}
        found = self.words.find_place(words)
        if found is None:
            self.notices.append(
                f"Nous ne connaissons pas le lieu « {shorten(words)} ». "
                "Écrivez le nom d’une commune ou son code postal ; la recherche porte sur tout le territoire."
            )
            return {}
        return {found[0]: tuple(sorted(found[1]))}

    def box(self) -> Box | None:
        written = self.said("bbox")
        if not written:
            return None
        try:
            return parse_bbox(written)
        except BoxError as refusal:
            self.notices.append(str(refusal))
            return None

    def number(self, name: str, shape: re.Pattern[str], least: float, most: float) -> float | None:
        written = self.said(name)
        if not written:
            return None
        if shape.fullmatch(written):
            value = float(written.replace(",", "."))
            if least <= value <= most:
                return value
        self.leave(name, written, f"n’est pas un nombre de {least:g} à {most:g}")
        return None

    def position(self) -> tuple[float | None, float | None]:
        latitude = self.number("lat", _DEGREES, -90, 90)
        longitude = self.number("lon", _DEGREES, -180, 180)
        if latitude is None or longitude is None:
            return None, None
        # A hundred metres are near enough, and tell less about where the visitor lives.
        return round(latitude, 3), round(longitude, 3)

    def sort(self) -> Sort | Literal[""]:
        written = self.said("tri")
        for name in SORTS:
            if name == written:
                return name
        if not written:
            return ""
        self.leave("tri", written, "n’est pas un ordre connu")
        return ""

    def page(self) -> int:
        written = self.said("page")
        if not written:
            return 1
        if _WHOLE.fullmatch(written) and 1 <= int(written) <= LAST_PAGE:
            return int(written)
        self.leave("page", written, f"n’est pas un numéro de page de 1 à {LAST_PAGE}")
        return 1


def read_question(params: QueryDict, words: Vocabulary) -> Question:
    """Read any address without ever refusing it: what cannot be understood becomes a notice.

    words: must know the communes that are asked for, see `ask`.
    """
    reader = _Reader(params, words)
    text = reader.text()
    filters = {**reader.filters(), **reader.place()}
    latitude, longitude = reader.position()
    radius_km = reader.number("rayon_km", _KILOMETRES, 1, 200)
    question = Question(
        text=text,
        filters=filters,
        is_open_only=reader.said("ouvert").lower() in {"1", "oui", "on", "true"},
        bbox=reader.box(),
        latitude=latitude,
        longitude=longitude,
        radius_km=None if radius_km is None else round(radius_km, 1),
        sort=reader.sort(),
        page=reader.page(),
    )
    question = replace(question, centre=_centre(question, words))
    if question.radius_km is not None and question.near is None:
        reader.notices.append("Pour chercher à la ronde, indiquez d’abord une commune ou votre position.")
        question = replace(question, radius_km=None)
    if question.sort in (question.natural_order, "") or question.sort != question.order:
        question = replace(question, sort="")
    return replace(question, notices=tuple(dict.fromkeys(reader.notices))[:MOST_NOTICES])


def ask(params: QueryDict) -> tuple[Question, Vocabulary]:
    """Read an address together with the words to show it; two queries."""
    words = vocabulary(commune_codes(params.getlist("commune")))
    return read_question(params, words), words


def commune_codes(values: Iterable[str]) -> list[str]:
    """Those that look like the INSEE code of a commune, a few at most."""
    return [value for value in values if _COMMUNE_CODE.fullmatch(value)][:MOST_VALUES]


def clean(text: str) -> str:
    """Text that every database and every template takes: no NUL, no lone surrogate."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def shorten(text: str, letters: int = 40) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _centre(question: Question, words: Vocabulary) -> tuple[float, float] | None:
    place = words.communes.get(question.commune)
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude
