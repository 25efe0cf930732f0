"""Write what a survey says still changes, in short committed steps that others can write between.

Each step matches and compares its lines again under lock, so that what a person typed meanwhile stays, and counts
them on the run in the same transaction: a run that was cut is read again, and what is written changes nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import IntegrityError, transaction

from maillage.directory.actions.import_runs import count_written, hold_run
from maillage.directory.actions.importing import Draft, Revision, SlugBook, Writing, create_sheets, revise_sheets
from maillage.directory.imports.beat import Beat
from maillage.directory.imports.planning import Chunk, Planner
from maillage.directory.imports.records import Record, RecordSource, Report
from maillage.directory.imports.survey import Survey
from maillage.directory.models import ImportRun, Organisation
from maillage.directory.pace import Pace, breathe

# Somebody may take an address or a number between our look and our writing: then look again.
TRIES = 3


@dataclass(frozen=True)
class Work:
    """One go of an import: what is written, for which run, in whose name."""

    run: ImportRun
    source: RecordSource
    found: Survey
    writing: Writing
    beat: Beat


def write_changes(work: Work) -> None:
    """Write every changing record. Raises RunStopped, RunTaken, IntegrityError; what was committed stays."""
    pace, done, total = Pace(), 0, work.found.changing
    records = work.found.changing_records()
    while step := list(islice(records, pace.size)):
        if done:
            breathe()
        started = time.monotonic()
        done += len(step)
        for tries_left in reversed(range(TRIES)):
            try:
                _write_step(step, work, done)
                break
            except IntegrityError:
                if not tries_left:
                    raise
        pace.took(time.monotonic() - started)
        work.beat.written(done, total)


def _write_step(records: Sequence[Record], work: Work, done: int) -> None:
    source, found, run = work.source, work.found, work.run
    planner = Planner(series=source.series, title=source.title, places=found.places, report=Report(), is_told=False)
    before = run.written
    try:
        with transaction.atomic():
            hold_run(run=run)
            write_chunk(planner.plan(records, lock=True), work.writing, SlugBook())
            count_written(run=run, lines=planner.counts, done=done, total=found.changing, at=work.beat.now())
    except BaseException:
        run.written = before  # nothing of this step is in the database
        raise


def write_chunk(chunk: Chunk, writing: Writing, slugs: SlugBook) -> None:
    """Write sheets to make and sheets to revise; join a transaction."""
    create_sheets(drafts=[Draft(sheet.facts, sheet.key) for sheet in chunk.created], writing=writing, slugs=slugs)
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
