"""The organisations of the territory in the Sirene stock: read once for France by `pipelines`, cut here.

A unit or a place that Sirene closed is only told of sheets we already have, and flagged: it makes no new sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from maillage.accounts.models import User
from maillage.directory.actions.import_runs import open_run
from maillage.directory.facts import OTHER_PLACES, Facts
from maillage.directory.imports.beat import Hear
from maillage.directory.imports.places import Places
from maillage.directory.imports.reading import FileRefused
from maillage.directory.imports.records import INFO, Record, RecordSource, Report
from maillage.directory.models import Establishment, ImportRun, Organisation
from maillage.kernel.models import Source
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory
from pipelines.contracts.address import soften_capitals
from pipelines.contracts.ess import VerdictReason
from pipelines.contracts.identifiers import check_rna
from pipelines.marts.sirene_selection import prepare_selection
from pipelines.marts.sirene_territory import (
    SireneEstablishment,
    SireneOrganisation,
    TerritorySelection,
    select_territory,
)
from pipelines.progress import Progress, Step, quiet

LABEL = "Répertoire Sirene (INSEE)"
# However long ago it closed, a place that stands in the directory is told so.
CLOSED_SINCE = date(1900, 1, 1)
_HINTS = {
    VerdictReason.SIRENE_FLAG.value: "sirene_flag",
    VerdictReason.ESS_LIST.value: "in_ess_list",
    VerdictReason.ESUS.value: "is_esus",
}


def open_sirene_run(*, units: str, establishments: str, force: bool, by: User | None, at: datetime) -> ImportRun:
    """Open an import of the home territory from two stock files (paths or web addresses)."""
    cursor = {"units": units, "establishments": establishments, "force": force}
    return open_run(kind=ImportRun.Kind.SIRENE, label=LABEL, by=by, at=at, cursor=cursor)


@contextmanager
def run_sirene_source(run: ImportRun, at: datetime, hear: Hear) -> Iterator[RecordSource]:
    """The records of a run. Raises PipelineError, FileRefused."""

    def progress(step: Step, share: float | None) -> None:
        hear(step.value, round(100 * (share or 0)), 0 if share is None else 100)

    where = {name: run.cursor[name] for name in ("units", "establishments")}
    force = bool(run.cursor["force"] or run.forced_reason)
    yield sirene_source(series=run.series, at=at, force=force, progress=progress, **where)


def sirene_source(
    *, units: str, establishments: str, force: bool, series: str, at: datetime, progress: Progress = quiet
) -> RecordSource:
    """Read the stock unless that edition was read already, and cut the home territory out of it."""
    home = home_territory()
    if home is None:
        raise FileRefused("Aucun territoire n’est chargé.", advice="Lancez d’abord « maillage load_territory ».")
    codes = list(Commune.objects.of_territory(home).values_list("code", flat=True))
    prepare_selection(
        units=_place(units), establishments=_place(establishments), cache_dir=settings.PIPELINES_DIR, force=force,
        progress=progress,
    )  # fmt: skip
    selection = select_territory(
        cache_dir=settings.PIPELINES_DIR, commune_codes=codes, closed_since=CLOSED_SINCE, progress=progress
    )
    return RecordSource(
        series, LABEL, at.date(), _reader(selection), source_kind=Source.Kind.OPEN_DATA.value,
        reference=selection.edition, url="https://www.data.gouv.fr/datasets/5b7ffc618b4c4169d30727e0",
        licence="Licence Ouverte 2.0", estimate=selection.organisation_count,
    )  # fmt: skip


def _place(text: str) -> str | Path:
    return text if "://" in text else Path(text)


def _reader(selection: TerritorySelection) -> Callable[[Places, Report], Iterator[Record]]:
    def records(_places: Places, report: Report) -> Iterator[Record]:
        withheld = selection.withheld_personal + selection.withheld_masked
        if withheld:
            report.add(
                0, "", INFO, f"{withheld} structures ne peuvent pas être publiées : elles sont laissées de côté."
            )
        known = set(Organisation.objects.filter(siren__isnull=False).values_list("siren", flat=True))
        known_places = set(Establishment.objects.filter(siret__isnull=False).values_list("siret", flat=True))
        for line, unit in enumerate(selection, start=1):
            record = record_of(unit, line, known, known_places)
            if record is not None:
                yield record

    return records


def record_of(unit: SireneOrganisation, line: int, known: set[Any], known_places: set[Any]) -> Record | None:
    """The facts of a unit and its places; None for what is closed and never was in the directory."""
    places = [place for place in unit.establishments if place.closed_date is None or place.siret in known_places]
    is_known = unit.siren in known
    if not places or (unit.closed_date is not None and not is_known):
        return None
    open_first = sorted(
        places, key=lambda place: (place.closed_date is not None, not place.is_head_office, place.siret)
    )
    facts: Facts = {"name": soften_capitals(unit.usual_name or unit.name)[:255] or unit.siren, "siren": unit.siren}
    optional: dict[str, Any] = {
        "legal_name": unit.name[:255], "acronym": unit.acronym[:100], "legal_form": unit.legal_category,
        "rna": unit.rna if check_rna(unit.rna).is_valid else "", "naf_code": unit.naf_code,
        "naf_version": unit.naf_version if unit.naf_code else "", "headcount_band": unit.headcount_band,
        "creation_date": unit.creation_date.isoformat() if unit.creation_date else "",
        "closed_date": unit.closed_date.isoformat() if unit.closed_date else "",
    }  # fmt: skip
    facts |= {field: value for field, value in optional.items() if value}
    facts |= {f"place.{field}": value for field, value in _place_facts(open_first[0]).items()}
    if len(open_first) > 1:
        facts[OTHER_PLACES] = [_place_facts(place) for place in open_first[1:]]
    hint = _HINTS.get(unit.ess_reason)
    return Record(line, facts, hints={hint: True} if hint else {})


def _place_facts(place: SireneEstablishment) -> Facts:
    facts: Facts = {"siret": place.siret, "commune_id": place.commune_code}
    optional: dict[str, Any] = {
        "name": soften_capitals(place.name)[:255], "address": place.address[:255],
        "postal_code": place.postal_code[:5], "is_head_office": place.is_head_office,
        "closed_date": place.closed_date.isoformat() if place.closed_date else "",
    }  # fmt: skip
    facts |= {field: value for field, value in optional.items() if value}
    if place.latitude is not None and place.longitude is not None:
        facts |= {"latitude": place.latitude, "longitude": place.longitude, "is_point_exact": True}
    return facts
