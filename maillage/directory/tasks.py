"""Long work of the directory, done by `maillage work`: imports carried out, or looked at, in the background.

A task fetches by id and calls one action; running it twice does no harm, since a run is claimed first.
"""

from __future__ import annotations

import contextlib

from django.utils import timezone
from django_tasks import task

from maillage.accounts.models import User
from maillage.directory import actions, imports
from maillage.directory.actions import RunTaken, UndoRefused, find_duplicates, recover_interrupted
from maillage.directory.models import ImportRun


@task()
def carry_out_import(run_id: int, user_id: int | None = None, force: bool = False) -> str:
    """Do an import that was put in line; give back its state. One that died at work before is first marked so."""
    recover_interrupted(at=timezone.now())
    run = ImportRun.objects.get(pk=run_id)
    if run.queued_at is None:  # taken out of the line, or done by another worker
        return str(run.state)
    try:
        imports.carry_out(run=run, by=_user(user_id), at=timezone.now(), force=force)
    except RunTaken:
        run.refresh_from_db()
    return str(run.state)


@task()
def preview_import(run_id: int) -> str:
    """Look what the import would do and keep it on the run; give back its state."""
    run = ImportRun.objects.get(pk=run_id)
    try:
        imports.preview_run(run=run, at=timezone.now())
    except RunTaken:
        run.refresh_from_db()
    return str(run.state)


@task()
def undo_import(run_id: int, user_id: int | None = None) -> str:
    """Turn an import back, or finish what an interrupted undo began; give back its state."""
    run = ImportRun.objects.get(pk=run_id)
    with contextlib.suppress(UndoRefused):  # another worker did it
        actions.undo_import(run=run, by=_user(user_id), at=timezone.now(), even_begun=True)
    run.refresh_from_db()
    return str(run.state)


@task()
def look_for_duplicates() -> int:
    """Open the pairs not known yet; how many."""
    return len(find_duplicates(at=timezone.now()))


def _user(user_id: int | None) -> User | None:
    return None if user_id is None else User.objects.filter(pk=user_id).first()
