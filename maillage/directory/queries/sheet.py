"""One public sheet with all it shows: facts, the source of each, places, neighbours.

Words: a *reference* is one numbered source of the page; facts carry the number, the list stands at its end.
Neighbours: the sheet page, its vCard and the API read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from maillage.directory.confirmation import unconfirmed_since
from maillage.directory.enums import Status, TermKind
from maillage.directory.models import Establishment, FormerSlug, Organisation, Qualification
from maillage.directory.opening_hours import OpenState, in_french, status
from maillage.directory.phrases import ESS_REASONS, FIELD_LABELS, PUBLIC_VOICES
from maillage.directory.queries.documents import KIND, point_of, summary
from maillage.directory.queries.listing import ListRow, list_rows
from maillage.directory.queries.vocabulary import Vocabulary
from maillage.kernel.models import Source
from maillage.search import queries as search
from maillage.search.engine import Query
from maillage.territories.queries import drawing_of, home_territory, perimeter_names

NEIGHBOURS = 4
LEAD_LETTERS = 240
# What several inner fields are to a visitor.
PUBLIC_LABELS = {
    "place.commune_id": "Commune",
    "place.latitude": "Point sur la carte",
    "place.longitude": "Point sur la carte",
    "ess_verdict": "Appartenance à l’ESS",
    "ess_reason": "Appartenance à l’ESS",
    "headcount_note": "Effectif salarié",
    "naf_version": "Activité principale (NAF)",
    "picture_id": "Image",
    "picture_alt": "Image",
    "picture_credit": "Image",
}


class Marks(dict[str, int]):
    """{field: number of its reference}; 0 for a fact whose origin is not known."""

    def __missing__(self, field: str) -> int:
        return 0


@dataclass(frozen=True)
class Reference:
    """One numbered source and the facts it vouches for, in French words."""

    number: int
    title: str
    reference: str
    url: str
    licence: str
    date: date
    facts: tuple[str, ...]


@dataclass(frozen=True)
class PlaceShown:
    """One place of the organisation. hours: French lines; the point is the commune's centre when it has none."""

    place: Establishment
    hours: list[str]
    state: OpenState
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class SheetMap:
    """The territory drawn, the commune of the main place, and the point; all in the units of view_box."""

    view_box: str
    territory: str
    epcis: tuple[str, ...]
    commune: str
    x: int
    y: int

    @property
    def radius(self) -> int:
        """Of the dot: a sixtieth of the width of the drawing."""
        return max(1, round(float(self.view_box.split()[2]) / 60))


@dataclass(frozen=True)
class Sheet:
    """Everything the page shows. marks: {field: number of its reference}; unconfirmed: since when, if for long."""

    organisation: Organisation
    places: list[PlaceShown]
    sectors: list[str]
    themes: list[str]
    target_groups: list[str]
    served_area: list[str]
    held: list[Qualification]
    past: list[Qualification]
    ess_reason: str
    references: list[Reference]
    marks: Marks
    unconfirmed: date | None

    @property
    def main(self) -> PlaceShown | None:
        return self.places[0] if self.places else None

    @property
    def other_places(self) -> list[PlaceShown]:
        return self.places[1:]

    @property
    def lead(self) -> str:
        """One sentence under the name: the activities when they are short, else nothing."""
        text = self.organisation.activities.strip()
        return text if 0 < len(text) <= LEAD_LETTERS and "\n" not in text else ""

    @property
    def lead_is_activities(self) -> bool:
        return bool(self.lead)

    @property
    def summary(self) -> str:
        """What search engines show under the title."""
        return summary(self.organisation)

    @property
    def prose_marks(self) -> list[int]:
        """The references of the texts, each once."""
        return sorted({self.marks[name] for name in ("description", "activities", "services") if name in self.marks})

    @property
    def website(self) -> str:
        """Its address on the web; anything else than http is no link."""
        address = self.organisation.website
        return address if address.startswith(("https://", "http://")) else ""

    @property
    def phone(self) -> str:
        """Only with a recorded consent."""
        return self.organisation.phone if self.organisation.has_public_contact else ""

    @property
    def email(self) -> str:
        """Only with a recorded consent."""
        return self.organisation.email if self.organisation.has_public_contact else ""


@dataclass(frozen=True)
class Found:
    """What stands at an address: a sheet, or the address where it now is, or a sheet that was withdrawn."""

    organisation: Organisation | None = None
    moved_to: str = ""
    withdrawn: Organisation | None = None


def find_sheet(slug: str) -> Found:
    """Look an address up: published sheet, merged or former address (at most one step), archived, or nothing."""
    organisation = (
        Organisation.objects.filter(slug=slug)
        .select_related("merged_into", "picture")
        .with_places()
        .with_words()
        .first()
    )
    if organisation is None:
        former = FormerSlug.objects.filter(slug=slug).select_related("organisation__merged_into").first()
        if former is None:
            return Found()
        target = former.organisation.merged_into or former.organisation
        return Found(moved_to=target.get_absolute_url())
    if organisation.merged_into is not None:
        return Found(moved_to=organisation.merged_into.get_absolute_url())
    if organisation.status == Status.ARCHIVED:
        return Found(withdrawn=organisation)
    return Found(organisation=organisation)


def sheet_of(organisation: Organisation, at: datetime) -> Sheet:
    """Gather the sheet; places, terms and qualifications should be prefetched. At most four queries."""
    today = timezone.localtime(at).date()
    places = [place for place in organisation.establishments.all() if place.closed_date is None]
    held = sorted(organisation.qualifications.all(), key=lambda one: (one.get_kind_display(), one.number))
    references, numbers = _references(organisation, places, held)
    labels = {kind: [term.label for term in organisation.terms.all() if term.kind == kind] for kind in TermKind}
    names = perimeter_names(organisation.served_area) if organisation.served_area else {}
    return Sheet(
        organisation=organisation,
        places=[_place_shown(place, at) for place in places],
        sectors=sorted(labels[TermKind.SECTOR]),
        themes=sorted(labels[TermKind.THEME]),
        target_groups=sorted(labels[TermKind.TARGET_GROUP]),
        served_area=sorted(names.get(code, code) for code in organisation.served_area),
        held=[one for one in held if one.holds_on(today)],
        past=[one for one in held if one.end_date is not None and one.end_date < today],
        ess_reason=ESS_REASONS.get(organisation.ess_reason, ""),
        references=references,
        marks=_marks(organisation, places, numbers),
        unconfirmed=unconfirmed_since(organisation, on=today),
    )


def _place_shown(place: Establishment, at: datetime) -> PlaceShown:
    latitude, longitude = point_of(place)
    return PlaceShown(place, in_french(place.opening_hours), status(place.opening_hours, at), latitude, longitude)


def _references(
    organisation: Organisation, places: Iterable[Establishment], held: Iterable[Qualification]
) -> tuple[list[Reference], dict[int, int]]:
    """The sources of what is shown, numbered in the order of the facts, and {id of source: number}."""
    vouched: dict[int, dict[str, None]] = {}
    for field, pk in _sources_in_order(organisation, places).items():
        vouched.setdefault(pk, {})[PUBLIC_LABELS.get(field) or FIELD_LABELS.get(field, field)] = None
    for one in held:
        if one.source_id is not None:
            vouched.setdefault(one.source_id, {})[FIELD_LABELS["qualifications"]] = None
    sources = Source.objects.in_bulk(list(vouched))
    known = [pk for pk in vouched if pk in sources]
    numbers = {pk: number for number, pk in enumerate(known, start=1)}
    return [_reference(numbers[pk], sources[pk], tuple(vouched[pk])) for pk in known], numbers


def _reference(number: int, source: Source, facts: tuple[str, ...]) -> Reference:
    # Who said it stays in the back office: the public reads whose voice it is, and when.
    title = PUBLIC_VOICES.get(source.kind, source.title)
    reference = "" if source.is_human else source.reference
    return Reference(number, title, reference, source.url, source.licence, source.date, facts)


def _sources_in_order(organisation: Organisation, places: Iterable[Establishment]) -> dict[str, int]:
    """{field: id of source} of what has a value, in the order of the labels; a place's own sources win."""
    said: dict[str, int] = {field: pk for field, pk in organisation.sources.items() if _is_shown(organisation, field)}
    main = next((place for place in places if place.is_main), None)
    if main is not None:
        said |= {f"place.{name}": pk for name, pk in main.sources.items() if _is_filled(main, name)}
    return {field: said[field] for field in FIELD_LABELS if field in said}


# Inner workings of the house, and contacts that nobody agreed to publish, are no facts for the public.
_INNER = frozenset({"status", "is_example", "is_partner", "contact_consent_at", "contact_consent_note", "verified_at",
                    "ess_overridden", "place.is_head_office", "place.is_point_exact", "place.place_label"})  # fmt: skip


def _is_shown(organisation: Organisation, field: str) -> bool:
    if field in _INNER or field.startswith("place."):
        return False
    if field in {"email", "phone"} and not organisation.has_public_contact:
        return False
    return field in {"terms", "qualifications"} or _is_filled(organisation, field)


def _is_filled(record: Organisation | Establishment, field: str) -> bool:
    return f"place.{field}" not in _INNER and getattr(record, field, None) not in (None, "", [])


def _marks(organisation: Organisation, places: Iterable[Establishment], numbers: Mapping[int, int]) -> Marks:
    said = _sources_in_order(organisation, places)
    return Marks({field.replace(".", "_"): numbers[pk] for field, pk in said.items() if pk in numbers})


def map_of(sheet: Sheet) -> SheetMap | None:
    """Where the main place stands in the drawn territory, or None when it is elsewhere or not known. One query."""
    home, main = home_territory(), sheet.main
    if home is None or main is None or main.place.commune_id is None or main.latitude is None or main.longitude is None:
        return None
    drawing = drawing_of(home)
    if drawing is None or main.place.commune_id not in drawing.communes:
        return None
    x, y = drawing.place(main.latitude, main.longitude)
    commune = drawing.communes[main.place.commune_id]
    return SheetMap(drawing.view_box, drawing.territory, tuple(drawing.epcis.values()), commune, x, y)


def neighbours_of(sheet: Sheet, words: Vocabulary, at: datetime) -> list[ListRow]:
    """The organisations nearest to its main place, itself left out."""
    main = sheet.main
    if main is None or main.latitude is None or main.longitude is None:
        return []
    near = (main.latitude, main.longitude)
    query = Query(
        kinds=frozenset({KIND}), near=near, radius_km=60, sort="distance", page_size=NEIGHBOURS + 1, with_facets=False
    )
    rows = [row for row in search.search(query).rows if row.id != sheet.organisation.pk]
    return list_rows(rows[:NEIGHBOURS], words, at)
