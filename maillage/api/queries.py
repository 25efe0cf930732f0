"""What the API reads, page by page, without ever a telephone, an e-mail or the name of a person.

Words: a *cursor* is the id of the last organisation given: pages stay right while sheets are written.
Neighbours: the directory's records and questions; `endpoints` answers with them.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from maillage.api.problems import IndexMissing
from maillage.directory.forms import FILTERS, Question
from maillage.directory.models import Organisation
from maillage.directory.queries.exporting import Record, found_ids, records
from maillage.directory.queries.vocabulary import Vocabulary, names_of_communes
from maillage.search import queries as search
from maillage.territories.models import Territory
from maillage.territories.queries import communes_of, epcis_of

PRIVATE = frozenset({"telephone", "courriel"})
MASK = "[contact retiré]"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)(?:\+33[ .]?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)")
_CURSOR = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)


class BadCursor(ValueError):
    """The cursor was not made by this API."""


@dataclass(frozen=True)
class OrganisationPage:
    total: int
    records: list[Record]
    next_cursor: str | None


def organisation_page(question: Question, *, at: datetime, limit: int, cursor: str) -> OrganisationPage:
    """One page, by ascending id. Raises BadCursor, IndexMissing."""
    after = read_cursor(cursor)
    answer = search.search(question.to_query(at, page_size=1))
    if answer.state == "missing":
        raise IndexMissing
    ids = _ids_after(question, at, after, limit + 1)
    page = ids[:limit]
    shown = [public(record) for record in records(page, site=settings.SITE_URL, with_contact=False)]
    return OrganisationPage(answer.total, shown, write_cursor(page[-1]) if len(ids) > limit else None)


def _ids_after(question: Question, at: datetime, after: int, most: int) -> list[int]:
    if not question.pairs():
        published = Organisation.objects.published().filter(pk__gt=after).order_by("pk")
        return list(published.values_list("pk", flat=True)[:most])
    found = (pk for pk in search.matching_ids(question.to_query(at)) if pk > after)
    return sorted(int(pk) for pk in found)[:most]


def all_records(question: Question, *, at: datetime) -> tuple[int, Iterator[Record]]:
    """How many answer, and their records as they are read; up to the limit of the exports."""
    if not search.is_ready():
        raise IndexMissing
    ids = found_ids(question.to_query(at))
    return len(ids), (public(record) for record in records(ids, site=settings.SITE_URL, with_contact=False))


def one_record(slug: str) -> Record | None:
    """The published organisation at this address."""
    ids = list(Organisation.objects.published().filter(slug=slug).values_list("pk", flat=True))
    return next((public(one) for one in records(ids, site=settings.SITE_URL, with_contact=False)), None)


def public(record: Mapping[str, Any]) -> Record:
    """A record without contact columns; contacts that slipped into the texts are masked; "" becomes None."""
    return {
        name: (_masked(value) or None) if isinstance(value, str) else value
        for name, value in record.items()
        if name not in PRIVATE
    }


def _masked(text: str) -> str:
    return _PHONE.sub(MASK, _EMAIL.sub(MASK, text))


def facets(question: Question, words: Vocabulary, *, at: datetime) -> dict[str, Any]:
    """The exact counts of each filter, each filter leaving itself aside."""
    answer = search.search(question.to_query(at, page_size=1))
    if answer.state == "missing":
        raise IndexMissing
    unknown = [code for code, _ in answer.facets.get("commune", ()) if not words.knows("commune", code)]
    elsewhere = names_of_communes(unknown) if unknown else {}
    return {
        "total": answer.total,
        "ouvert_maintenant": answer.open_count,
        "facettes": {
            name: [
                {"valeur": value, "libelle": elsewhere.get(value, words.label(facet, value)), "nombre": count}
                for value, count in answer.facets.get(facet, ())
            ]
            for name, facet in FILTERS.items()
        },
        "avertissements": list(question.notices),
    }


def territories() -> list[dict[str, Any]]:
    """Every territory loaded, with its EPCI and communes; three queries for each."""
    return [_territory(one) for one in Territory.objects.defer("outline", "drawing", "notice").order_by("siren")]


def _territory(territory: Territory) -> dict[str, Any]:
    communes = list(communes_of(territory))
    return {
        "siren": territory.siren,
        "nom": territory.name,
        "nature": territory.get_kind_display(),
        "epci": [
            {
                "siren": epci.siren, "nom": epci.name, "nature": epci.kind,
                "communes": sum(commune.epci_id == epci.siren for commune in communes),
            }
            for epci in epcis_of(territory)
        ],
        "communes": [
            {
                "code": commune.code, "nom": commune.name, "codes_postaux": commune.postal_codes,
                "siren_epci": commune.epci_id, "latitude": commune.latitude, "longitude": commune.longitude,
                "population": getattr(commune, "population", None),
                "annee_population": getattr(commune, "population_year", None),
            }
            for commune in communes
        ],
    }  # fmt: skip


def write_cursor(pk: int) -> str:
    return base64.urlsafe_b64encode(f"o{pk}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> int:
    """The id after which to go on; 0 at the start. Raises BadCursor."""
    if not cursor:
        return 0
    if not _CURSOR.fullmatch(cursor):
        raise BadCursor
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise BadCursor from error
    if not re.fullmatch(r"o\d{1,18}", text, re.ASCII):
        raise BadCursor
    return int(text[1:])
