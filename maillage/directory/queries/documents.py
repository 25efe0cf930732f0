"""What the search knows of an organisation: published sheets only, never an e-mail nor a telephone.

Words: *payload* = the little that a row of the list needs, so that the list reads no table.
Neighbours: registered with the search room by `apps.py`; `queries.listing` reads the payload back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from maillage.directory.confirmation import known_since
from maillage.directory.enums import TermKind
from maillage.directory.models import Establishment, Organisation
from maillage.directory.opening_hours import week_slots
from maillage.search.engine import Document

KIND = "organisation"
BATCH = 500
SUMMARY_LETTERS = 160
TERM_FACETS = {TermKind.SECTOR: "sector", TermKind.THEME: "theme", TermKind.TARGET_GROUP: "target_group"}


def all_ids() -> Iterable[int]:
    """Every organisation the public may find, ascending."""
    return Organisation.objects.published().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5_000)


def documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of those of `ids` that are published; the others are left out, hence forgotten.

    Qualifications and opening hours are those of today: a nightly rebuild keeps them true.
    """
    for start in range(0, len(ids), BATCH):
        batch = Organisation.objects.published().filter(pk__in=ids[start : start + BATCH]).with_places().with_words()
        for organisation in batch.prefetch_related("establishments__commune__former_communes").order_by("pk"):
            yield _document(organisation)


def summary(organisation: Organisation) -> str:
    """The first line of what they do, cut between two words."""
    text = " ".join((organisation.activities or organisation.description).strip().split("\n")[0].split())
    if len(text) <= SUMMARY_LETTERS:
        return text
    return text[:SUMMARY_LETTERS].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _document(organisation: Organisation) -> Document:
    places = [place for place in organisation.establishments.all() if place.closed_date is None]
    main = places[0] if places else None
    latitude, longitude = point_of(main)
    today = timezone.localdate()
    hours = "" if main is None else main.opening_hours
    qualifications = [held for held in organisation.qualifications.all() if held.holds_on(today)]
    return Document(
        kind=KIND,
        id=organisation.pk,
        title=organisation.name,
        url=organisation.get_absolute_url(),
        body="\n".join(filter(None, (organisation.activities, organisation.services, organisation.description))),
        places=_place_words(places),
        aliases=_aliases(organisation, places, [held.get_kind_display() for held in qualifications]),
        identifiers=[
            number for number in (organisation.siren, organisation.rna, *(place.siret for place in places)) if number
        ],
        facets=_facets(organisation, places, [held.kind for held in qualifications]),
        open_slots=frozenset(week_slots(hours, today)) if hours else frozenset(),
        latitude=latitude,
        longitude=longitude,
        updated_at=organisation.updated_at,
        quality=min(organisation.completeness, 100),
        payload=_payload(organisation, main),
    )


def point_of(place: Establishment | None) -> tuple[float | None, float | None]:
    """Latitude and longitude of a place, those of its commune's centre when it has none."""
    if place is None:
        return None, None
    if place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude
    commune = place.commune
    if commune is None or commune.latitude is None or commune.longitude is None:
        return None, None
    return commune.latitude, commune.longitude


def _place_words(places: Iterable[Establishment]) -> list[str]:
    words: dict[str, None] = {}
    for place in places:
        words[place.postal_code] = None
        if place.commune is not None:
            words[place.commune.name] = None
            words.update(dict.fromkeys(former.name for former in place.commune.former_communes.all()))
            if place.commune.epci is not None:
                words[place.commune.epci.short_name] = None
    return [word for word in words if word]


def _aliases(organisation: Organisation, places: Iterable[Establishment], qualifications: Iterable[str]) -> list[str]:
    words = [organisation.acronym, organisation.legal_name, *(place.name for place in places)]
    words += [term.label for term in organisation.terms.all()]
    words += [organisation.get_family_display(), *qualifications]
    return list(dict.fromkeys(word for word in words if word and word != organisation.name))


def _facets(
    organisation: Organisation, places: Iterable[Establishment], qualifications: Iterable[str]
) -> dict[str, list[str]]:
    communes = [place.commune for place in places if place.commune is not None]
    flags = (("example", organisation.is_example), ("partner", organisation.is_partner))
    facets: dict[str, set[str]] = {
        "commune": {commune.code for commune in communes},
        "cc": {commune.epci_id for commune in communes if commune.epci_id is not None},
        "department": {commune.department_code for commune in communes},
        "qualification": set(qualifications),
        "family": {organisation.family} - {""},
        "flag": {word for word, holds in flags if holds},
    }
    for term in organisation.terms.all():
        facets.setdefault(TERM_FACETS[TermKind(term.kind)], set()).add(term.code)
    return {name: sorted(values) for name, values in facets.items() if values}


def _payload(organisation: Organisation, main: Establishment | None) -> dict[str, Any]:
    commune = None if main is None else main.commune
    payload = {
        "family": organisation.family,
        "commune": commune.name if commune is not None else (main.place_label if main is not None else ""),
        "cc": commune.epci_id if commune is not None else "",
        "sectors": [term.code for term in organisation.terms.all() if term.kind == TermKind.SECTOR],
        "does": summary(organisation),
        "qualifications": [
            [held.kind, held.start_date and held.start_date.isoformat(), held.end_date and held.end_date.isoformat()]
            for held in organisation.qualifications.all()
        ],
        "hours": "" if main is None else main.opening_hours,
        "example": organisation.is_example,
        "partner": organisation.is_partner,
        "known": known_since(organisation).isoformat(),
    }
    return {name: value for name, value in payload.items() if value}
