"""The life of one import: opened, claimed, alive, done, refused or interrupted; and how its columns are read.

Words: a run that gave no sign of life for a minute, and whose row nobody holds, was interrupted; what it was
writing was one transaction, so nothing of it is there. Neighbours: `imports.running` does the work between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.models import ColumnMapping, ImportRun

LEASE = timedelta(seconds=60)
_State = ImportRun.State


class RunTaken(Exception):
    """The run cannot be started: somebody else works at it, or it is over; `phrase` says which."""

    def __init__(self, run: ImportRun) -> None:
        self.phrase = f"Cet import est « {run.get_state_display()} » : il ne peut pas être lancé."
        super().__init__(self.phrase)


def open_run(
    *,
    kind: ImportRun.Kind,
    label: str,
    by: User | None,
    at: datetime,
    file: File[Any] | None = None,
    file_name: str = "",
    file_digest: str = "",
    cursor: Mapping[str, Any] | None = None,
) -> ImportRun:
    """Open an import *à vérifier*, with its file when it has one."""
    run = ImportRun(
        kind=kind, label=label[:200], started_by=by, started_at=at, file_digest=file_digest, cursor=dict(cursor or {})
    )
    if file is not None:
        run.file.save(file_name, file, save=False)
    run.save(force_insert=True)
    return run


def choose_columns(*, run: ImportRun, columns: Mapping[str, str], header_key: str) -> None:
    """Say how the columns are read, for this run and for the next file with the same titles."""
    with transaction.atomic():
        run.columns = dict(columns)
        run.save(update_fields=["columns"])
        ColumnMapping.objects.update_or_create(
            header_key=header_key, defaults={"label": run.label[:120], "columns": dict(columns)}
        )


def claim_run(*, run: ImportRun, at: datetime, even_refused: bool = False) -> None:
    """Take the run to carry it out. Raises RunTaken when it is running or over.

    even_refused: a person insists on a run that was refused (a source that shrank).
    """
    startable = [_State.DRAFT, _State.FAILED, *([_State.REFUSED] if even_refused else [])]
    taken = ImportRun.objects.filter(pk=run.pk, state__in=startable).update(
        state=_State.RUNNING, started_at=at, alive_at=at, finished_at=None, progress_done=0
    )
    run.refresh_from_db()
    if not taken:
        raise RunTaken(run)


def check_waiting(*, run: ImportRun) -> None:
    """Raise RunTaken unless the run still waits to be carried out."""
    if run.state in {_State.RUNNING, _State.DONE, _State.UNDONE}:
        raise RunTaken(run)


def keep_preview(
    *,
    run: ImportRun,
    at: datetime,
    counts: Mapping[str, int],
    report: Sequence[Mapping[str, Any]],
    differences: Sequence[Mapping[str, Any]],
) -> None:
    """Keep what an import would do, unless somebody launched it meanwhile (RunTaken)."""
    with transaction.atomic():
        fresh = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        check_waiting(run=fresh)
        report_run(run=run, state=_State.DRAFT, at=at, counts=counts, report=report, differences=differences)


def stay_alive(*, run: ImportRun, done: int, total: int, at: datetime) -> None:
    """Give a sign of life, and how far one is."""
    ImportRun.objects.filter(pk=run.pk).update(alive_at=at, progress_done=done, progress_total=total)


def save_cursor(*, run: ImportRun, cursor: Mapping[str, Any], at: datetime) -> None:
    """Keep where a long reading stands, so that it goes on from there."""
    run.cursor = dict(cursor)
    ImportRun.objects.filter(pk=run.pk).update(cursor=run.cursor, alive_at=at)


def report_run(
    *,
    run: ImportRun,
    state: ImportRun.State,
    at: datetime,
    counts: Mapping[str, int] | None = None,
    report: Sequence[Mapping[str, Any]] | None = None,
    differences: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Write what came out, and where the run stands now."""
    run.state = state
    run.counts = dict(counts) if counts is not None else run.counts
    run.report = list(report) if report is not None else run.report
    run.differences = list(differences) if differences is not None else run.differences
    run.finished_at = None if state in {_State.DRAFT, _State.RUNNING} else at
    run.alive_at = at
    run.save(update_fields=["state", "counts", "report", "differences", "finished_at", "alive_at", "source"])


def count_duplicates(*, run: ImportRun, duplicates: int) -> None:
    """Add how many pairs wait for a person."""
    run.counts = {**run.counts, "duplicates": duplicates}
    run.save(update_fields=["counts"])


def recover_interrupted(*, at: datetime) -> list[ImportRun]:
    """Mark as interrupted the runs that died at work; give them back, ready to be started again."""
    found: list[ImportRun] = []
    silent = ImportRun.objects.filter(state=_State.RUNNING, alive_at__lt=at - LEASE)
    for pk in silent.values_list("pk", flat=True):
        # A run at work holds its row (PostgreSQL) or the whole file (SQLite) until it commits.
        with transaction.atomic():
            run = silent.select_for_update(skip_locked=True).filter(pk=pk).first()
            if run is not None:
                note = {"line": 0, "column": "", "level": "error", "message": INTERRUPTED}
                report_run(run=run, state=_State.FAILED, at=at, report=[note, *run.report])
                found.append(run)
    return found


INTERRUPTED = "L’import a été interrompu avant la fin : rien n’a été écrit. Vous pouvez le relancer."
