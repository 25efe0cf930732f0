"""Write a territory down: its communities of communes, communes, contours, populations, neighbours.

Words: a *document* is the content of a territory file (data_format.py). Neighbours: the command
`load_territory`, seeds and tests enter here; `note_change` tells the search what moved.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from maillage.kernel.actions import journal
from maillage.kernel.text import fold
from maillage.search.actions import note_change
from maillage.territories import phrases
from maillage.territories.data_format import CommuneRecord, TerritoryFile, TerritoryFileError
from maillage.territories.models import Commune, CommuneShape, Epci, FormerCommune, Neighbour, Population, Territory
from maillage.territories.queries import search_number

SEARCH_KIND = "commune"
# SQLite takes a limited number of values in one question.
CHUNK = 500
Rows = dict[Hashable, dict[str, Any]]


@dataclass
class Tally:
    """How many rows of one kind were made, changed, taken away, left alone."""

    created: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0

    @property
    def writes(self) -> int:
        return self.created + self.changed + self.removed


@dataclass
class LoadReport:
    """What a load did, or would do: one tally per kind (keys of phrases.KINDS)."""

    siren: str
    name: str
    communes: int
    is_dry_run: bool
    tallies: dict[str, Tally] = field(default_factory=dict)

    @property
    def is_unchanged(self) -> bool:
        return not any(tally.writes for tally in self.tallies.values())

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "is_unchanged": self.is_unchanged}


def load_territory(
    *, document: TerritoryFile, by: AbstractBaseUser | None, at: datetime, is_dry_run: bool = False
) -> LoadReport:
    """Make the database say what the document says about this territory; a second run writes nothing.

    Communes that left the territory stay known (organisations may stand there), out of its list.
    Raises TerritoryFileError, with nothing written, when the document contradicts itself.
    """
    record = document["territory"]
    _refuse_unknown_epcis(document)
    report = LoadReport(record["siren"], record["name"], len(document["communes"]), is_dry_run)
    with transaction.atomic():
        touched = _write(document, report)
        if is_dry_run:
            transaction.set_rollback(True)
        elif not report.is_unchanged:
            note_change(kind=SEARCH_KIND, ids=sorted(search_number(code) for code in touched))
            changes = {kind: [None, asdict(tally)] for kind, tally in report.tallies.items() if tally.writes}
            territory = Territory.objects.get(pk=record["siren"])
            journal(verb="load_territory", target=territory, changes=changes, by=by, at=at)
    return report


def _refuse_unknown_epcis(document: TerritoryFile) -> None:
    known = {epci["siren"] for epci in document["epcis"]}
    for commune in document["communes"]:
        if commune["epci"] is not None and commune["epci"] not in known:
            raise TerritoryFileError(phrases.EPCI_ELSEWHERE.format(commune=commune["name"], epci=commune["epci"]))


def _write(document: TerritoryFile, report: LoadReport) -> set[str]:
    """Write every table in the order of its keys; give back the codes of the communes touched."""
    communes = document["communes"]
    codes = [commune["code"] for commune in communes]
    tallies = report.tallies
    tallies["epci"], _ = _sync(Epci, ["siren"], {row["siren"]: row for row in map(_epci, document["epcis"])}, [])
    tallies["commune"], touched = _sync(Commune, ["code"], {c["code"]: _commune(c) for c in communes}, [])
    tallies["shape"], _ = _sync(
        CommuneShape,
        ["commune_id"],
        {c["code"]: {"commune_id": c["code"], "geometry": c["geometry"]} for c in communes if c["geometry"]},
        codes,
    )
    tallies["former"], renamed = _sync(FormerCommune, ["code"], _former(communes), codes)
    tallies["population"], _ = _sync(Population, ["commune_id", "year"], _populations(communes), codes)
    tallies["neighbour"], _ = _sync(Neighbour, ["commune_id", "code"], _neighbours(communes), codes)
    tallies["territory"] = _territory(document)
    former_of = {old["code"]: commune["code"] for commune in communes for old in commune["former_codes"]}
    moved = set(codes) if tallies["territory"].writes else set()
    return {str(code) for code in touched} | {former_of[str(old)] for old in renamed if old in former_of} | moved


def _epci(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("siren", "name", "short_name", "slug", "kind", "position", "outline")}


def _commune(record: CommuneRecord) -> dict[str, Any]:
    same = (
        "code", "name", "siren", "department_code", "region_code", "postal_codes", "latitude", "longitude",
        "town_hall_latitude", "town_hall_longitude", "is_town_hall_reliable", "area_km2",
    )  # fmt: skip
    facts: dict[str, Any] = {name: record[name] for name in same}  # type: ignore[literal-required]
    return {**facts, "name_key": fold(record["name"]), "epci_id": record["epci"]}


def _former(communes: Iterable[CommuneRecord]) -> Rows:
    return {
        old["code"]: {"code": old["code"], "name": old["name"], "commune_id": commune["code"]}
        for commune in communes
        for old in commune["former_codes"]
    }


def _populations(communes: Iterable[CommuneRecord]) -> Rows:
    return {
        (commune["code"], count["year"]): {**count, "commune_id": commune["code"]}
        for commune in communes
        for count in commune["populations"]
    }


def _neighbours(communes: Iterable[CommuneRecord]) -> Rows:
    return {
        (commune["code"], other["code"]): {**other, "commune_id": commune["code"]}
        for commune in communes
        for other in commune["neighbours"]
    }


def _territory(document: TerritoryFile) -> Tally:
    record = document["territory"]
    facts = {name: record[name] for name in ("siren", "slug", "name", "kind", "outline")}
    row = {**facts, "drawing": document["drawing"] or {}, "notice": document["notice"]}
    tally, _ = _sync(Territory, ["siren"], {record["siren"]: row}, [])
    territory = Territory.objects.get(pk=record["siren"])
    members: set[Any] = {commune["code"] for commune in document["communes"]}
    epcis: set[Any] = {epci["siren"] for epci in document["epcis"]}
    if set(territory.communes.values_list("pk", flat=True)) != members:
        territory.communes.set(members)
        tally.changed += 1 - tally.created
    if set(territory.epcis.values_list("pk", flat=True)) != epcis:
        territory.epcis.set(epcis)
        tally.changed += 1 - tally.created
    return tally


def _sync(
    model: type[models.Model], key: list[str], wanted: Rows, owners: Iterable[str]
) -> tuple[Tally, set[Hashable]]:
    """Make the table hold the wanted rows, and say which keys were touched.

    wanted: {key: {attribute: value}}. owners: codes of the communes whose other rows are taken away;
    without owners, nothing is removed.
    """
    tally, touched = Tally(), set[Hashable]()
    kept: dict[Hashable, models.Model] = {}
    gone: list[Any] = []
    for row in _present(model, key, wanted, owners):
        name = _key_of(row, key)
        if name in wanted:
            kept[name] = row
        else:
            gone.append(row.pk)
            touched.add(name)
    fresh, changed = [], []
    for name, facts in wanted.items():
        present = kept.get(name)
        if present is None:
            fresh.append(model(**facts))
        elif any(getattr(present, attribute) != value for attribute, value in facts.items()):
            for attribute, value in facts.items():
                setattr(present, attribute, value)
            changed.append(present)
        else:
            tally.kept += 1
            continue
        touched.add(name)
    for part in _chunks(gone):
        model._default_manager.filter(pk__in=part).delete()
    model._default_manager.bulk_create(fresh, batch_size=CHUNK)
    columns = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model._default_manager.bulk_update(changed, columns, batch_size=100)
    tally.created, tally.changed, tally.removed = len(fresh), len(changed), len(gone)
    return tally, touched


def _present(model: type[models.Model], key: list[str], wanted: Rows, owners: Iterable[str]) -> Iterable[models.Model]:
    """The rows already there: under a wanted key, or belonging to an owner; each once."""
    owned = list(owners)
    seen: set[Any] = set()
    questions = [{"commune_id__in": part} for part in _chunks(owned)]
    if len(key) == 1:
        questions += [{f"{key[0]}__in": part} for part in _chunks(wanted)]
    for question in questions:
        for row in model._default_manager.filter(**question):
            if row.pk not in seen:
                seen.add(row.pk)
                yield row


def _key_of(row: models.Model, key: list[str]) -> Hashable:
    values = tuple(getattr(row, attribute) for attribute in key)
    return values[0] if len(values) == 1 else values


def _chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, CHUNK)):
        yield part
