"""Move an application from one state to the next: one way, told by `REACHED_FROM`, that two people cannot both win.

Words: *was* is the state that the caller read. Neighbours: `submitting` sends one, this moves it afterwards.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.calls.actions.outside import stop_waiting
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.enums import EXAMINED, REACHED_FROM, ApplicationState
from maillage.calls.models import Application, Completion
from maillage.calls.phrases import review as phrases
from maillage.kernel.actions import journal


def move_application(
    *, application: Application, to: ApplicationState, by: User | None, at: datetime, why: str = ""
) -> Application:
    """The application is in this state now, read from the state that the caller has in hand.

    A request for completion that was open ends, and with it what its people could still change. Raises CallRefused:
    not from where it is, or somebody moved it meanwhile; nothing is written then.
    """
    was = ApplicationState(application.state)
    if was not in REACHED_FROM.get(to, frozenset()):
        raise CallRefused(phrases.NOT_FROM.format(was=was.label, to=to.label))
    with transaction.atomic():
        if not Application.objects.filter(pk=application.pk, state=was).update(state=to, changed_at=at, reopened=[]):
            raise CallRefused(phrases.MOVED)
        if was == ApplicationState.INCOMPLETE:
            Completion.objects.filter(application=application, answered_at=None).update(answered_at=at)
        if was in EXAMINED and to not in EXAMINED:
            stop_waiting(application, at=at)
        changes = {"state": [was.value, to.value]}
        journal(verb="move_application", target=application, changes=changes, by=by, at=at, note=why)
    application.state, application.changed_at, application.reopened = to, at, []
    return application
