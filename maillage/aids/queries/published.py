"""What everybody reads: the catalogue filtered, one aid, the file, the calendar of deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import QueryDict
from django.utils import timezone

from maillage.aids.enums import STEPS_OF_STAGE, AidType, Audience, Stage
from maillage.aids.models import Aid
from maillage.aids.queries.places import places_of_commune
from maillage.aids.querysets import AidQuerySet
from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from maillage.kernel.dated import months_before
from maillage.kernel.text import fold
from maillage.territories.models import Commune

# Value of the filter: months from today.
DEADLINES = {"1": "Dans le mois", "3": "Dans les trois mois", "6": "Dans les six mois", "sans": "Sans date limite"}
ENDED = "finies"
MOST_WORDS = 8


@dataclass(frozen=True)
class Asked:
    """A list of aids as its address asks for it; "" asks for everything.

    audience, type, stage: codes of `enums`; theme: code of a term; deadline: key of DEADLINES; place: INSEE code of a
    commune or SIREN of an EPCI; is_over: those that are no more to be asked for, instead of the others.
    """

    words: str = ""
    audience: str = ""
    theme: str = ""
    stage: str = ""
    type: str = ""
    deadline: str = ""
    place: str = ""
    is_over: bool = False

    @classmethod
    def read(cls, address: str) -> Asked:
        """From the end of an address; what it does not know filters nothing."""
        said = QueryDict(address[:1_000])

        def one(name: str, among: Any = None) -> str:
            value = str(said.get(name, "")).strip()[:60]
            return value if among is None or value in among else ""

        place = one("lieu")
        return cls(
            words=fold(one("q")), audience=one("public", Audience.values), theme=one("sujet"),
            stage=one("etape", Stage.values), type=one("apporte", AidType.values), deadline=one("echeance", DEADLINES),
            place=place if place.isascii() and place.isalnum() else "", is_over=one("etat") == ENDED,
        )  # fmt: skip

    @property
    def _named(self) -> dict[str, str]:
        return {
            "q": self.words, "public": self.audience, "sujet": self.theme, "etape": self.stage, "apporte": self.type,
            "echeance": self.deadline, "lieu": self.place, "etat": ENDED if self.is_over else "",
        }  # fmt: skip

    @property
    def active(self) -> int:
        return sum(bool(value) for value in self._named.values())

    @property
    def address(self) -> str:
        """The same question as the end of an address, without its « ? »."""
        return urlencode({name: value for name, value in self._named.items() if value})


def found(asked: Asked, *, on: date) -> AidQuerySet:
    """Aids that a list asks for: the nearest deadline first, those without one last. One query, two with a place.

    An aid whose place nobody knows is kept whatever the place: its page says so.
    """
    rows = Aid.objects.over(on) if asked.is_over else Aid.objects.open(on)
    for word in asked.words.split()[:MOST_WORDS]:
        rows = rows.filter(words_key__contains=word)
    listed = (("audience", asked.audience), ("theme", asked.theme), ("type", asked.type))
    rows = rows.keyed(*(f"{name}:{code}" for name, code in listed if code))
    if asked.stage:
        rows = rows.keyed_by_any(f"step:{step}" for step in STEPS_OF_STAGE[asked.stage])
    if asked.place and (keys := _keys_of_place(asked.place)):
        rows = rows.keyed_by_any([*sorted(keys), "place:unknown"])
    rows = _until(rows, asked.deadline, on)
    nearest = F("deadline_date").desc(nulls_last=True) if asked.is_over else F("deadline_date").asc(nulls_last=True)
    return rows.light().order_by(nearest, "name", "pk")


def _keys_of_place(place: str) -> set[str]:
    """Every place that holds this commune, or one of the communes of this EPCI."""
    communes = Commune.objects.filter(epci=place) if len(place) == 9 else Commune.objects.filter(pk=place)
    return {
        key
        for commune in communes.only("pk", "department_code", "region_code", "epci_id")
        for key in places_of_commune(commune)
    }


def _until(rows: AidQuerySet, deadline: str, on: date) -> AidQuerySet:
    if deadline == "sans":
        return rows.filter(deadline_date__isnull=True)
    return rows.filter(deadline_date__lte=months_before(on, -int(deadline))) if deadline else rows


def find_aid(slug: str) -> Aid | None:
    """Any published aid by its address, over or not."""
    return Aid.objects.published().filter(slug=slug).first()


def theme_labels() -> dict[str, str]:
    """{code: label} of the subjects, in their order. One query."""
    terms = Term.objects.filter(kind=TermKind.THEME).order_by("position", "code")
    return dict(terms.values_list("code", "label"))


def with_deadlines(on: date) -> AidQuerySet:
    """Open aids that have a deadline, the nearest first: the calendar. One query."""
    return Aid.objects.open(on).filter(deadline_date__isnull=False).light().order_by("deadline_date", "pk")


def exported(asked: Asked, *, on: date, site: str) -> Iterator[dict[str, Any]]:
    """The same aids as rows of a file."""
    themes = theme_labels()
    for aid in found(asked, on=on).iterator(chunk_size=500):
        yield {
            "nom": aid.name, "finance": aid.financers, "pour_qui": aid.audience_labels, "apporte": aid.type_labels,
            "moment": aid.step_labels, "sujets": [themes.get(code, code) for code in aid.themes], "ou": aid.perimeter,
            "appel_a_projets": aid.is_call, "frequence": aid.get_recurrence_display(), "ouverture": aid.start_date,
            "date_limite": aid.deadline_date, "taux_min": aid.rate_min_percent, "taux_max": aid.rate_max_percent,
            "montant_min": aid.amount_min, "montant_max": aid.amount_max, "page_de_la_source": aid.origin_url,
            "source": aid.source or "saisie par l’équipe", "lue_le": aid.read_date, "donnee_exemple": aid.is_example,
            "page": f"{site}{aid.get_absolute_url()}",
        }  # fmt: skip


def today() -> date:
    """The date in Paris."""
    return timezone.localdate()
