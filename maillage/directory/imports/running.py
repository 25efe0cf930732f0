"""One import from end to end: read, plan, then write in one transaction what the plan says still changes.

The reading and the plan hold no lock: only the writing does, over the rows that change something, matched and
compared again under lock, so that what a person typed meanwhile stays. Neighbours: `sources` gives records.
"""

from __future__ import annotations

import gc
import json
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import IO, Any

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.actions.duplicates import candidates, find_duplicates
from maillage.directory.actions.import_runs import (
    check_waiting,
    claim_run,
    count_duplicates,
    keep_preview,
    report_run,
    stay_alive,
)
from maillage.directory.actions.importing import Draft, Revision, SlugBook, Writing, create_sheets, revise_sheets
from maillage.directory.bulk import roomy_cache
from maillage.directory.imports.from_file import refuse_run
from maillage.directory.imports.places import Places
from maillage.directory.imports.planning import Chunk, Planner
from maillage.directory.imports.reading import FileRefused, SourceUnreachable
from maillage.directory.imports.records import ERROR, Record, RecordSource, Report
from maillage.directory.imports.sources import source_of
from maillage.directory.likeness import Candidate, core_of, like_pairs
from maillage.directory.models import ImportRun, Organisation
from maillage.kernel.actions import name_source
from maillage.kernel.text import fold
from pipelines.errors import PipelineError

CHUNK = 2_000
# Under nine tenths of the last run, a source is more likely cut than shrunk.
LEAST_SHARE = 0.9
BEAT = timedelta(seconds=2)
logger = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
Clock = Callable[[], datetime]


class SourceShrank(FileRefused):
    """The source lost more than a tenth of its rows since its last run."""


@dataclass
class Preview:
    """What an import would do. counts: as ImportRun.counts; report, differences: as ImportRun's."""

    counts: dict[str, int]
    report: list[dict[str, Any]]
    differences: list[dict[str, Any]]


@dataclass
class _Plan:
    counts: dict[str, int]
    report: Report
    differences: list[dict[str, Any]]
    spool: IO[str]
    places: Places
    newcomers: list[Candidate] = field(default_factory=list)


def preview_records(source: RecordSource, *, tell: Progress | None = None) -> Preview:
    """Say what an import would do, and write nothing. Raises FileRefused, PipelineError."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        plan = _plan(source, spool, tell or _silent, with_newcomers=True)
    known = candidates()
    pairs = like_pairs([*known, *plan.newcomers], among={one.pk for one in plan.newcomers}) if plan.newcomers else []
    return Preview({**plan.counts, "duplicates": len(pairs)}, plan.report.as_json(), plan.differences)


def preview_run(*, run: ImportRun, at: datetime, tell: Progress | None = None) -> Preview | None:
    """Look what a run would do and keep it on the run; None when the source is refused (the report says why).

    Raises RunTaken when the run is at work, or over.
    """
    check_waiting(run=run)
    try:
        with source_of(run, at=at) as source:
            preview = preview_records(source, tell=tell)
    except SourceUnreachable as failure:
        _fail(run, at, failure.message)
        return None
    except (FileRefused, PipelineError) as refusal:
        _refuse(run, refusal, at)
        return None
    keep_preview(run=run, at=at, counts=preview.counts, report=preview.report, differences=preview.differences)
    return preview


def carry_out(
    *,
    run: ImportRun,
    by: User | None,
    at: datetime,
    force: bool = False,
    tell: Progress | None = None,
    clock: Clock = timezone.now,
) -> ImportRun:
    """Do the import: all of it or nothing. The run comes back *terminé*, *refusé* or *interrompu*, with its report.

    force: go on although the source lost more than a tenth of its rows, even if it was refused for that.
    Raises RunTaken when the run is at work elsewhere, or over.
    """
    claim_run(run=run, at=at, even_refused=force)
    beat = _Beat(run, tell or _silent, clock)
    try:
        with (
            source_of(run, at=at) as source,
            tempfile.TemporaryFile("w+", encoding="utf-8") as spool,
            _patient_collector(),
            roomy_cache(),
        ):
            plan = _plan(source, spool, beat)
            _check_size(run, plan, force=force)
            made = _write(run, source, plan, beat, by=by, at=at)
    except SourceUnreachable as failure:
        _fail(run, clock(), f"{failure.message} Rien n’a été écrit : relancez l’import, il reprendra où il en était.")
    except (FileRefused, PipelineError) as refusal:
        _refuse(run, refusal, clock())
    except IntegrityError:
        _fail(
            run,
            clock(),
            "Une autre personne a créé la même structure pendant l’import : rien n’a été écrit. Relancez-le.",
        )
    except DatabaseError:
        _fail(run, clock(), "La base de données n’a pas répondu à temps : rien n’a été écrit. Relancez l’import.")
    else:
        run.refresh_from_db()
        count_duplicates(run=run, duplicates=len(find_duplicates(at=at, among=made)))
    return run


def _plan(source: RecordSource, spool: IO[str], tell: Progress, *, with_newcomers: bool = False) -> _Plan:
    """Read everything and compare; keep in the spool the records that change something."""
    report, places = Report(), Places()
    planner = Planner(series=source.series, title=source.title, places=places, report=report)
    plan = _Plan({}, report, planner.differences, spool, places)
    rows = 0
    for records in _chunks(source.records(places, report)):
        chunk = planner.plan(records, remember=True)
        for record in chunk.changing:
            spool.write(json.dumps(record.dump(), ensure_ascii=False) + "\n")
        if with_newcomers:
            plan.newcomers += [
                _newcomer(rank, one.facts) for rank, one in enumerate(chunk.created, len(plan.newcomers))
            ]
        rows += len(records)
        tell(rows, source.estimate * 2)
    refused = report.counts[ERROR]
    plan.counts = {
        **planner.counts, "rows": rows + refused - planner.counts["refused"], "refused": refused,
        "flagged": len(report.flagged_lines),
    }  # fmt: skip
    return plan


def _newcomer(rank: int, facts: dict[str, Any]) -> Candidate:
    return Candidate(
        -1 - rank, core_of(fold(facts["name"])), facts.get("place.commune_id") or "", facts.get("place.latitude"),
        facts.get("place.longitude"), facts.get("siren") or "", facts.get("rna") or "",
    )  # fmt: skip


def _check_size(run: ImportRun, plan: _Plan, *, force: bool) -> None:
    if not plan.counts["rows"]:
        raise FileRefused("La source ne donne aucune structure.", advice="Vérifiez que c’est la bonne.")
    usable = plan.counts["rows"] - plan.counts["refused"]
    if not usable:
        notes = plan.report.as_json()
        first = notes[0]["message"] if notes else ""
        raise FileRefused(f"Aucune ligne n’est utilisable. {first}", advice="Vérifiez la correspondance des colonnes.")
    last = (
        ImportRun.objects.filter(kind=run.kind, label=run.label, state=ImportRun.State.DONE)
        .exclude(pk=run.pk)
        .order_by("-finished_at")
        .values_list("counts", flat=True)
        .first()
    )
    before = (last or {}).get("rows", 0)
    if not force and plan.counts["rows"] < before * LEAST_SHARE:
        raise SourceShrank(
            f"La source a {plan.counts['rows']} lignes ; elle en avait {before} la dernière fois.",
            advice="Vérifiez qu’elle est entière, puis relancez en le confirmant (--force).",
        )


def _write(
    run: ImportRun, source: RecordSource, plan: _Plan, beat: _Beat, *, by: User | None, at: datetime
) -> set[int]:
    """Write the changing records in one transaction; the run is done in the same one. Give back the new sheets."""
    made: set[int] = set()
    changing = plan.counts["created"] + plan.counts["updated"]
    places = plan.places
    done = {"created": 0, "updated": 0, "unchanged": 0}
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if changing:
            named = name_source(kind=source.source_kind, title=source.title, reference=source.reference,
                                on=source.date, url=source.url, licence=source.licence)  # fmt: skip
            run.source = named
            writing = Writing(named, by, at, run.batch, source.series, judge_point=places.judge)
            planner = Planner(series=source.series, title=source.title, places=places, report=Report(), is_told=False)
            slugs = SlugBook()
            plan.spool.seek(0)
            for records in _chunks(_spooled(plan.spool)):
                made |= _write_chunk(planner.plan(records, lock=True), writing, slugs)
                beat.inside(sum(planner.counts.values()))
            done = planner.counts
        counts = {**plan.counts, "created": done["created"], "updated": done["updated"]}
        counts["unchanged"] = plan.counts["unchanged"] + done["unchanged"]
        report_run(
            run=run, state=ImportRun.State.DONE, at=beat.now(), counts=counts, report=plan.report.as_json(),
            differences=plan.differences,
        )  # fmt: skip
    return made


def _write_chunk(chunk: Chunk, writing: Writing, slugs: SlugBook) -> set[int]:
    made = create_sheets(
        drafts=[Draft(sheet.facts, sheet.key) for sheet in chunk.created], writing=writing, slugs=slugs
    )
    known = {
        one.pk: one
        for one in Organisation.objects.filter(pk__in=[sheet.pk for sheet in chunk.revised]).prefetch_related(
            "establishments"
        )
    }
    revise_sheets(
        revisions=[
            Revision(known[sheet.pk], sheet.changes, sheet.facts, sheet.key)
            for sheet in chunk.revised
            if sheet.pk is not None
        ],
        writing=writing,
    )
    return {organisation.pk for organisation in made}


@contextmanager
def _patient_collector() -> Iterator[None]:
    """Let the garbage collector look at new objects only, and rarely: chunks make millions that free themselves."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 50, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _refuse(run: ImportRun, refusal: FileRefused | PipelineError, at: datetime) -> None:
    refuse_run(run=run, refusal=refusal if isinstance(refusal, FileRefused) else FileRefused(str(refusal)), at=at)


def _fail(run: ImportRun, at: datetime, message: str) -> None:
    logger.warning("import %s failed", run.pk, exc_info=True)
    note = {"line": 0, "column": "", "level": ERROR, "message": message}
    report_run(run=run, state=ImportRun.State.FAILED, at=at, report=[note], counts={}, differences=[])


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _spooled(spool: IO[str]) -> Iterator[Record]:
    for line in spool:
        yield Record(**json.loads(line))


def _silent(done: int, total: int) -> None:
    """Nobody asked to follow."""


class _Beat:
    """Tells how far one is, and writes a sign of life every two seconds while no transaction is open."""

    def __init__(self, run: ImportRun, tell: Progress, clock: Clock) -> None:
        self._run, self._tell, self.now = run, tell, clock
        self._last = clock()
        self._read = self._total = 0

    def __call__(self, done: int, total: int) -> None:
        self._read, self._total = done, max(total, done * 2)
        self._tell(done, self._total)
        if self.now() - self._last >= BEAT:
            self._last = self.now()
            stay_alive(run=self._run, done=done, total=self._total, at=self._last)

    def inside(self, written: int) -> None:
        """Inside the transaction, only the one who launched it is told: nobody else would see it anyway."""
        self._tell(self._read + written, self._read * 2)


__all__ = ["Preview", "SourceShrank", "carry_out", "preview_records", "preview_run"]
