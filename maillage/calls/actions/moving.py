"""Move an application from one state to the next: one way, told by `REACHED_FROM`, that two people cannot both win."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.enums import REACHED_FROM, ApplicationState
from maillage.calls.models import Application
from maillage.kernel.actions import journal


def move_application(
    *, application: Application, to: ApplicationState, by: User | None, at: datetime, why: str = ""
) -> Application:
    """The application is in this state now. Raises CallRefused: not from where it is, or it moved meanwhile."""
    was = ApplicationState(application.state)
    if was not in REACHED_FROM.get(to, frozenset()):
        raise CallRefused(f"Ce dossier est « {was.label} » : il ne peut pas devenir « {to.label} ».")
    with transaction.atomic():
        if not Application.objects.filter(pk=application.pk, state=was).update(state=to, changed_at=at):
            raise CallRefused("Ce dossier a changé entre-temps : relisez-le.")
        journal(verb="move_application", target=application, changes={"state": [was, to]}, by=by, at=at, note=why)
    application.state, application.changed_at = to, at
    return application
