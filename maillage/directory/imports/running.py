"""One import from end to end: read, compare, then write in committed steps what still changes.

The reading and the comparison hold no lock. A run that is stopped or killed keeps what its steps wrote: done
again, it writes the rest; undone, it takes everything back. Neighbours: `sources` gives records, `survey`
compares, `writing` writes.
"""

from __future__ import annotations

import gc
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.actions.duplicates import candidates, find_duplicates
from maillage.directory.actions.import_runs import (
    RunStopped,
    RunTaken,
    check_waiting,
    claim_run,
    count_duplicates,
    keep_preview,
    report_run,
    what_stays,
)
from maillage.directory.actions.importing import Writing
from maillage.directory.bulk import roomy_cache
from maillage.directory.imports.beat import Beat, Clock, Hear, Progress, deaf, silent
from maillage.directory.imports.from_file import refuse_run
from maillage.directory.imports.reading import FileRefused, SourceUnreachable
from maillage.directory.imports.records import ERROR, RecordSource
from maillage.directory.imports.sources import source_of
from maillage.directory.imports.survey import SourceShrank, Survey, check_size, survey
from maillage.directory.imports.writing import Work, write_changes
from maillage.directory.likeness import like_pairs
from maillage.directory.models import ImportRun
from maillage.directory.queries.imports import sheets_made_by
from maillage.kernel.actions import name_source
from pipelines.errors import PipelineError, RowsLost

logger = logging.getLogger(__name__)


@dataclass
class Preview:
    """What an import would do. counts: as ImportRun.counts; report, differences: as ImportRun's."""

    counts: dict[str, int]
    report: list[dict[str, Any]]
    differences: list[dict[str, Any]]


def preview_records(source: RecordSource, *, tell: Progress = silent, hear: Hear = deaf) -> Preview:
    """Say what an import would do, and write nothing. Raises FileRefused, PipelineError."""

    def follow(stage: str, done: int, total: int) -> None:
        tell(done, total)
        hear(stage, done, total)

    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        found = survey(source, spool, follow, with_newcomers=True)
    known, new = candidates(), found.newcomers
    pairs = like_pairs([*known, *new], among={one.pk for one in new}) if new else []
    return Preview({**found.counts, "duplicates": len(pairs)}, found.report.as_json(), found.differences)


def preview_run(
    *, run: ImportRun, at: datetime, tell: Progress = silent, clock: Clock = timezone.now
) -> Preview | None:
    """Look what a run would do and keep it on the run; None when the source is refused (the report says why).

    Raises RunTaken when the run is at work, over, or abandoned meanwhile.
    """
    check_waiting(run=run)
    beat = Beat(run, silent, clock)
    try:
        with source_of(run, at=at, hear=beat) as source:
            preview = preview_records(source, tell=tell, hear=beat)
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
    tell: Progress = silent,
    clock: Clock = timezone.now,
) -> ImportRun:
    """Do the import. The run comes back *terminé*, *refusé* (nothing is written), or *interrompu* with its report:
    what it wrote is counted in `written`, and the next run of it writes the rest.

    force: go on although the source lost more than a tenth of its rows, even if it was refused for that.
    Raises RunTaken when the run is at work elsewhere, or over.
    """
    claim_run(run=run, at=at, even_refused=force)
    beat = Beat(run, tell, clock)
    try:
        with (
            source_of(run, at=at, hear=beat) as source,
            tempfile.TemporaryFile("w+", encoding="utf-8") as spool,
            _patient_collector(),
            roomy_cache(),
        ):
            found = survey(source, spool, beat)
            check_size(run, found, force=force or bool(run.forced_reason))
            _write(run, source, found, beat, by=by, at=at)
    except SourceUnreachable as failure:
        _fail(run, clock(), f"{failure.message} {what_stays(run)}")
    except (FileRefused, PipelineError) as refusal:
        _refuse(run, refusal, clock())
    except RunStopped:
        _fail(run, clock(), f"L’import a été arrêté par une personne. {what_stays(run)}")
    except RunTaken:
        logger.warning("import %s is no longer ours", run.pk)
        run.refresh_from_db()
    except IntegrityError:
        _fail(run, clock(), f"Une autre personne a créé la même structure pendant l’import. {what_stays(run)}")
    except DatabaseError:
        _fail(run, clock(), f"La base de données n’a pas répondu à temps. {what_stays(run)}")
    else:
        pairs = find_duplicates(at=at, among=sheets_made_by(run))
        count_duplicates(run=run, duplicates=len(pairs))
    return run


def _write(run: ImportRun, source: RecordSource, found: Survey, beat: Beat, *, by: User | None, at: datetime) -> None:
    """Write the changing records, then say that the run is done, with its counts over all its goes."""
    if found.changing:
        run.source = name_source(kind=source.source_kind, title=source.title, reference=source.reference,
                                 on=source.date, url=source.url, licence=source.licence)  # fmt: skip
        writing = Writing(run.source, by, at, run.batch, source.series, judge_point=found.places.judge)
        write_changes(Work(run, source, found, writing, beat))
    counts = {**found.counts, "created": run.written.get("created", 0), "updated": run.written.get("updated", 0)}
    counts["unchanged"] = counts["rows"] - counts["refused"] - counts["created"] - counts["updated"]
    report_run(
        run=run, state=ImportRun.State.DONE, at=beat.now(), counts=counts, report=found.report.as_json(),
        differences=found.differences,
    )  # fmt: skip


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
    run.has_shrunk = isinstance(refusal, SourceShrank | RowsLost)
    refuse_run(run=run, refusal=refusal if isinstance(refusal, FileRefused) else FileRefused(str(refusal)), at=at)


def _fail(run: ImportRun, at: datetime, message: str) -> None:
    logger.warning("import %s failed", run.pk, exc_info=True)
    note = {"line": 0, "column": "", "level": ERROR, "message": message}
    report_run(run=run, state=ImportRun.State.FAILED, at=at, report=[note], counts={}, differences=[])


__all__ = ["Preview", "SourceShrank", "carry_out", "preview_records", "preview_run"]
