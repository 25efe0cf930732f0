"""The life of one import: opened, queued, claimed, alive, stopped, done, refused or interrupted.

Words: a run that gave no sign of life for a minute was interrupted; it writes in committed steps, so what it
wrote is counted in `written`, and it is resumed or undone. The *claim* of a worker is the moment it began.
Neighbours: `imports.running` does the work between; `imports.writing` holds the run at each step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.models import ColumnMapping, ImportRun
from maillage.kernel import kept_files
from maillage.kernel.actions import journal

LEASE = timedelta(seconds=60)
_State = ImportRun.State
STARTABLE = (_State.DRAFT, _State.FAILED)


class RunTaken(Exception):
    """The run cannot be started: somebody else works at it, or it is over; `phrase` says which."""

    def __init__(self, run: ImportRun) -> None:
        self.phrase = (
            "Cet import est déjà lancé : il attend son tour."
            if run.queued_at
            else f"Cet import est « {run.get_state_display()} » : il ne peut pas être lancé."
        )
        super().__init__(self.phrase)


class RunStopped(Exception):
    """A person asked the run to stop."""


class ReasonMissing(Exception):
    """Whoever goes on against a refusal says why."""


def open_run(
    *,
    kind: ImportRun.Kind,
    label: str,
    by: User | None,
    at: datetime,
    file: File[Any] | None = None,
    file_name: str = "",
    file_digest: str = "",
    columns: Mapping[str, str] | None = None,
    cursor: Mapping[str, Any] | None = None,
    refusal: Mapping[str, Any] | None = None,
) -> ImportRun:
    """Open an import *à vérifier*, or *refusé* for the reason given; its file is stored before its row is written."""
    run = ImportRun(
        kind=kind, label=label[:200], started_by=by, started_at=at, file_digest=file_digest,
        columns=dict(columns or {}), cursor=dict(cursor or {}),
    )  # fmt: skip
    if refusal is not None:
        run.state, run.report, run.finished_at = _State.REFUSED, [dict(refusal)], at
    if file is not None:
        run.file.save(file_name, file, save=False)
    run.save(force_insert=True)
    return run


def remove_stray_files(*, at: datetime) -> int:
    """Remove the received files that no run keeps (a machine stopped while they arrived); how many.

    One that is less than a day old is left: its run may be about to be written.
    """
    field = ImportRun._meta.get_field("file")
    named = ImportRun.objects.exclude(file="").values_list("file", flat=True)
    return kept_files.remove_stray_files(folder=str(field.upload_to), named=named, at=at, storage=field.storage)


def choose_columns(*, run: ImportRun, columns: Mapping[str, str], header_key: str) -> None:
    """Say how the columns are read, for this run and for the next file with the same titles."""
    with transaction.atomic():
        run.columns = dict(columns)
        run.save(update_fields=["columns"])
        ColumnMapping.objects.update_or_create(
            header_key=header_key, defaults={"label": run.label[:120], "columns": dict(columns)}
        )


def queue_run(*, run: ImportRun, at: datetime) -> None:
    """Put the run in line for the worker. Raises RunTaken when it cannot be started."""
    queued = ImportRun.objects.filter(pk=run.pk, state__in=STARTABLE, queued_at=None).update(
        queued_at=at, stop_asked_at=None
    )
    run.refresh_from_db()
    if not queued:
        raise RunTaken(run)


def force_run(*, run: ImportRun, reason: str, by: User | None, at: datetime) -> ImportRun:
    """Go on although the source lost more than a tenth of its rows: open the run again, and write down why.

    Raises ReasonMissing, RunTaken (it was not refused for that).
    """
    reason = " ".join(reason.split())
    if not reason:
        raise ReasonMissing
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if not run.has_shrunk or run.state not in {_State.REFUSED, _State.FAILED}:
            raise RunTaken(run)
        run.forced_reason, run.has_shrunk, run.report = reason[:500], False, []
        run.state = _State.FAILED if run.is_half_written else _State.DRAFT
        run.save(update_fields=["forced_reason", "has_shrunk", "report", "state"])
        journal(verb="force", target=run, changes={"forced_reason": ["", run.forced_reason]}, by=by, at=at,
                batch=run.batch, note=run.forced_reason)  # fmt: skip
    return run


def stop_run(*, run: ImportRun, by: User | None, at: datetime) -> None:
    """Ask the worker to stop at its next step, or take the run out of the line; what is written stays, to be
    resumed or undone. Raises RunTaken when there is nothing to stop.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state != _State.RUNNING and run.queued_at is None:
            raise RunTaken(run)
        run.queued_at = None
        run.stop_asked_at = at if run.state == _State.RUNNING else None
        run.save(update_fields=["queued_at", "stop_asked_at"])
        journal(verb="stop", target=run, changes={}, by=by, at=at, batch=run.batch)


def abandon_run(*, run: ImportRun, by: User | None, at: datetime) -> None:
    """Close a run that never wrote anything. Raises RunTaken when it is at work, over, or half written."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state not in {*STARTABLE, _State.REFUSED} or run.is_half_written:
            raise RunTaken(run)
        run.state, run.queued_at, run.finished_at = _State.UNDONE, None, at
        run.save(update_fields=["state", "queued_at", "finished_at"])
        journal(verb="abandon", target=run, changes={}, by=by, at=at, batch=run.batch)


def reopen_run(*, run: ImportRun, at: datetime) -> None:
    """Forget what an interrupted run that wrote nothing said, so that it is looked at anew; others are left alone."""
    with transaction.atomic():
        known = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if known.state == _State.FAILED and not known.is_half_written and known.queued_at is None:
            known.state, known.report, known.counts, known.stage = _State.DRAFT, [], {}, ""
            known.alive_at, known.progress_done, known.progress_total, known.finished_at = at, 0, 0, None
            known.save()
    run.refresh_from_db()


def claim_run(*, run: ImportRun, at: datetime, even_refused: bool = False) -> None:
    """Take the run to carry it out. Raises RunTaken when it is running or over.

    even_refused: a person insists on a run that was refused (a source that shrank).
    """
    startable = [*STARTABLE, *([_State.REFUSED] if even_refused else [])]
    taken = ImportRun.objects.filter(pk=run.pk, state__in=startable).update(
        state=_State.RUNNING, started_at=at, alive_at=at, finished_at=None, queued_at=None, stop_asked_at=None,
        stage="", progress_done=0, progress_total=0,
    )  # fmt: skip
    run.refresh_from_db()
    if not taken:
        raise RunTaken(run)


def hold_run(*, run: ImportRun) -> None:
    """Hold the run's row until the transaction ends, and make sure that it is still ours to write.

    Raises RunStopped, RunTaken (another worker has it, or it was marked as interrupted).
    """
    _check_ours(ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk), run)


def _check_ours(known: ImportRun, run: ImportRun) -> None:
    if known.state != run.state or known.started_at != run.started_at:
        raise RunTaken(known)
    if known.stop_asked_at is not None:
        raise RunStopped


def check_waiting(*, run: ImportRun) -> None:
    """Raise RunTaken unless the run still waits to be carried out."""
    if run.state not in {*STARTABLE, _State.REFUSED}:
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
        state = _State.FAILED if fresh.is_half_written else _State.DRAFT
        report_run(run=run, state=state, at=at, counts=counts, report=report, differences=differences)


def stay_alive(*, run: ImportRun, stage: str, done: int, total: int, at: datetime) -> None:
    """Give a sign of life, and how far one is in this stage. Raises RunStopped, RunTaken."""
    ours = ImportRun.objects.filter(pk=run.pk, state=run.state, started_at=run.started_at, stop_asked_at=None)
    if not ours.update(alive_at=at, stage=stage, progress_done=done, progress_total=total):
        _check_ours(ImportRun.objects.get(pk=run.pk), run)


def count_written(*, run: ImportRun, lines: Mapping[str, int], done: int, total: int, at: datetime) -> None:
    """Add the lines of one step, in its own transaction: {created, updated}."""
    run.written = {name: run.written.get(name, 0) + lines[name] for name in ("created", "updated")}
    run.alive_at, run.progress_done, run.progress_total, run.stage = at, done, total, "write"
    run.save(update_fields=["written", "source", "alive_at", "progress_done", "progress_total", "stage"])


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
    """Write what came out, and where the run stands now; what is half written is interrupted, never refused."""
    run.state = _State.FAILED if state == _State.REFUSED and run.is_half_written else state
    run.counts = dict(counts) if counts is not None else run.counts
    run.report = list(report) if report is not None else run.report
    run.differences = list(differences) if differences is not None else run.differences
    run.finished_at = None if state in {_State.DRAFT, _State.RUNNING} else at
    run.alive_at = at
    run.queued_at = run.stop_asked_at = None
    run.save(update_fields=[
        "state", "counts", "report", "differences", "finished_at", "alive_at", "source", "has_shrunk", "queued_at",
        "stop_asked_at",
    ])  # fmt: skip


def count_duplicates(*, run: ImportRun, duplicates: int) -> None:
    """Add how many pairs wait for a person."""
    run.counts = {**run.counts, "duplicates": duplicates}
    run.save(update_fields=["counts"])


def recover_interrupted(*, at: datetime) -> list[ImportRun]:
    """Mark as interrupted the runs that died at work; give them back, ready to be started again."""
    found: list[ImportRun] = []
    silent = ImportRun.objects.filter(state__in=[_State.RUNNING, _State.UNDOING], alive_at__lt=at - LEASE)
    for pk in silent.values_list("pk", flat=True):
        # A run in the middle of a step holds its row (PostgreSQL) or the whole file (SQLite) until it commits.
        with transaction.atomic():
            run = silent.select_for_update(skip_locked=True).filter(pk=pk).first()
            if run is not None:
                note = {"line": 0, "column": "", "level": "error", "message": _interruption(run)}
                report_run(run=run, state=_State.FAILED, at=at, report=[note, *run.report])
                found.append(run)
    return found


def _interruption(run: ImportRun) -> str:
    if run.state == _State.UNDOING:
        return "L’annulation a été interrompue avant la fin : relancez-la, elle reprendra où elle en était."
    return f"L’import a été interrompu avant la fin. {what_stays(run)}"


def what_stays(run: ImportRun) -> str:
    """What an import that did not end leaves in the directory, and what to do; French."""
    lines = sum(run.written.values())
    if not lines:
        return "Rien n’a été écrit : relancez l’import, il reprendra où il en était."
    one = f"{lines} lignes sont déjà écrites" if lines > 1 else "1 ligne est déjà écrite"
    return f"{one} : reprenez l’import pour le finir, ou annulez-le pour tout retirer."
