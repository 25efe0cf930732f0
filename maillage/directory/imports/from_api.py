"""The organisations of the ESS that the API Recherche d'entreprises knows in the territory.

Pages are kept on disk as they come, with a cursor on the run: a run that was cut goes on at the next page.
A question that would give 10 000 units is asked again commune by commune.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.actions.import_runs import open_run, save_cursor
from maillage.directory.enums import QualificationKind
from maillage.directory.facts import OTHER_PLACES, Facts
from maillage.directory.imports import values
from maillage.directory.imports.beat import Hear, deaf
from maillage.directory.imports.reading import FileRefused, SourceUnreachable
from maillage.directory.imports.records import INFO, WARNING, Record, RecordSource, Report
from maillage.directory.integrations.recherche_entreprises import Client, FoundPlace, FoundUnit, ServiceUnavailable
from maillage.directory.integrations.recherche_entreprises.client import MOST_RESULTS
from maillage.directory.integrations.recherche_entreprises.shape import load_unit
from maillage.directory.models import ImportRun
from maillage.kernel.models import Source
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory
from pipelines.contracts.address import soften_capitals
from pipelines.contracts.identifiers import check_rna

LABEL = "API Recherche d’entreprises"
FILTERS = {"est_ess": "true", "etat_administratif": "A"}
# After a day, what was fetched is no longer what the service would say.
FRESH = timedelta(hours=24)


def open_api_run(*, by: User | None, at: datetime) -> ImportRun:
    """Open an import of the home territory. Raises FileRefused when no territory is loaded."""
    home = home_territory()
    if home is None:
        raise FileRefused("Aucun territoire n’est chargé.", advice="Lancez d’abord « maillage load_territory ».")
    epcis = list(home.epcis.order_by("siren").values_list("siren", flat=True))
    communes = Commune.objects.of_territory(home).order_by("code").values_list("code", flat=True)
    questions = [{"epci": siren} for siren in epcis] or [{"code_commune": code} for code in communes]
    return open_run(
        kind=ImportRun.Kind.API, label=LABEL, by=by, at=at,
        cursor={"questions": questions, "question": 0, "page": 1, "bytes": 0, "begun_at": at.isoformat()},
    )  # fmt: skip


@contextmanager
def run_api_source(run: ImportRun, at: datetime, hear: Hear) -> Iterator[RecordSource]:
    """Fetch what is missing, then give the records. Raises SourceUnreachable."""
    spool = _spool_of(run)
    with Client() as client:
        count = fetch(run=run, client=client, spool=spool, at=at, hear=hear)
    yield RecordSource(
        run.series, LABEL, at.date(), lambda places, report: _records(spool, report),
        source_kind=Source.Kind.OPEN_DATA.value, reference=str(at.date()), url=settings.RECHERCHE_ENTREPRISES_URL,
        licence="Licence Ouverte 2.0", estimate=count,
    )  # fmt: skip
    run.refresh_from_db(fields=["state"])
    if run.state == ImportRun.State.DONE:
        spool.unlink(missing_ok=True)
        spool.with_suffix(".lock").unlink(missing_ok=True)


def fetch(*, run: ImportRun, client: Client, spool: Path, at: datetime, hear: Hear = deaf) -> int:
    """Bring the pages not fetched yet to the spool; give back how many units it holds.

    Raises SourceUnreachable; what was fetched is kept. Whoever comes while another reads waits for it.
    """
    with spool.with_suffix(".lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        run.refresh_from_db(fields=["cursor"])
        return _fetch(run, client, spool, at, hear)


def _fetch(run: ImportRun, client: Client, spool: Path, at: datetime, hear: Hear) -> int:
    cursor = dict(run.cursor)
    if not spool.exists() or at - datetime.fromisoformat(cursor["begun_at"]) > FRESH:
        cursor |= {"question": 0, "page": 1, "bytes": 0, "units": 0, "begun_at": at.isoformat()}
    with spool.open("a+", encoding="utf-8") as lines:
        lines.truncate(cursor["bytes"])  # a page half written by a killed run
        while cursor["question"] < len(cursor["questions"]):
            question = cursor["questions"][cursor["question"]]
            try:
                page = client.search({**FILTERS, **question}, page=cursor["page"])
            except ServiceUnavailable as failure:
                raise SourceUnreachable(failure.phrase) from failure
            if page.total >= MOST_RESULTS and "epci" in question:
                cursor["questions"] = _split(cursor["questions"], cursor["question"])
                continue
            lines.seek(0, 2)
            for unit in page.units:
                lines.write(json.dumps(unit.dump(), ensure_ascii=False) + "\n")
            lines.flush()
            is_last = cursor["page"] >= page.pages or not page.units
            cursor |= {"page": 1, "question": cursor["question"] + 1} if is_last else {"page": cursor["page"] + 1}
            cursor |= {"bytes": lines.tell(), "units": cursor.get("units", 0) + len(page.units)}
            save_cursor(run=run, cursor=cursor, at=timezone.now())
            hear("fetch", cursor["units"], 0)
        lines.seek(0)
        return sum(1 for _ in lines)


def _split(questions: list[dict[str, str]], index: int) -> list[dict[str, str]]:
    codes = Commune.objects.filter(epci=questions[index]["epci"]).order_by("code").values_list("code", flat=True)
    by_commune = [{"code_commune": code} for code in codes]
    if not by_commune:
        raise FileRefused("Cet EPCI a plus de 10 000 structures, et ses communes ne sont pas connues.")
    return [*questions[:index], *by_commune, *questions[index + 1 :]]


def _spool_of(run: ImportRun) -> Path:
    folder = settings.DATA_DIR / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return Path(folder / f"run-{run.pk}.jsonl")


def _records(spool: Path, report: Report) -> Iterator[Record]:
    home = home_territory()
    communes = Commune.objects.of_territory(home) if home else Commune.objects.all()
    codes = frozenset(communes.values_list("code", flat=True))
    seen: set[str] = set()
    with spool.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            unit = load_unit(json.loads(line))
            if not unit.is_public or unit.legal_form.startswith("1"):
                report.add(number, "", INFO, f"Le SIREN {unit.siren} ne peut pas être publié : il est laissé de côté.")
                continue
            record = record_of(unit, codes, number, report)
            record.is_second = unit.siren in seen
            seen.add(unit.siren)
            yield record


def record_of(unit: FoundUnit, home_codes: frozenset[str], line: int, report: Report) -> Record:
    """The facts of a unit: its head office when it stands in the territory, else its first place there."""
    name = unit.name or unit.full_name or unit.siren
    facts: Facts = {"name": soften_capitals(name)[:255], "legal_name": name[:255], "siren": unit.siren}
    optional = {
        "acronym": unit.acronym[:100], "legal_form": unit.legal_form[:4],
        "creation_date": _read(values.day, unit.creation_date), "naf_code": _read(values.naf, unit.naf_code),
        "headcount_band": _read(values.headcount_band, unit.headcount_band),
        "rna": unit.rna if check_rna(unit.rna).is_valid else "",
    }  # fmt: skip
    facts |= {field: value for field, value in optional.items() if value}
    if "naf_code" in facts:
        facts["naf_version"] = values.naf_version(facts["naf_code"])
    kinds = sorted({kind for kind in unit.siae_kinds if kind in QualificationKind.values})
    if kinds:
        facts["qualifications"] = [
            {"kind": kind, "number": "", "start_date": None, "end_date": None, "evidence": ""} for kind in kinds
        ]
    here = [place for place in unit.places if place.commune_code in home_codes and place.is_open]
    if not here:
        report.add(line, "", WARNING, f"Le SIREN {unit.siren} n’a pas d’établissement ouvert dans le territoire.")
        here = [place for place in unit.places if place.is_head_office][:1]
    if here:
        facts |= {f"place.{field}": value for field, value in _place_facts(here[0], home_codes).items()}
        if others := [_place_facts(place, home_codes) for place in here[1:]]:
            facts[OTHER_PLACES] = others
    return Record(line, facts, hints={"in_ess_list": True} if unit.is_ess else {})


def _place_facts(place: FoundPlace, home_codes: frozenset[str]) -> Facts:
    facts: Facts = {"siret": place.siret}
    latitude, longitude = _read(values.latitude, place.latitude), _read(values.longitude, place.longitude)
    address = place.address.rsplit(f" {place.postal_code} ", 1)[0] if place.postal_code else place.address
    optional: Mapping[str, Any] = {
        "name": soften_capitals(place.sign)[:255], "address": soften_capitals(address)[:255],
        "postal_code": place.postal_code if len(place.postal_code) == 5 else "",
        "is_head_office": place.is_head_office,
    }  # fmt: skip
    facts |= {field: value for field, value in optional.items() if value}
    if place.commune_code in home_codes:
        facts["commune_id"] = place.commune_code
    elif place.commune_code:
        facts["place_label"] = place.commune_code
    if latitude is not None and longitude is not None:
        facts |= {"latitude": latitude, "longitude": longitude, "is_point_exact": True}
    return facts


def _read(reader: Any, text: str) -> Any:
    try:
        return reader(text) if text else None
    except values.BadValue:
        return None
