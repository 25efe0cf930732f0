"""Ask an organisation to complete its application: some fields are open again, until a day.

Words: a *key* names what is open again (`calls.keys`). Neighbours: `applying` lets these keys change, `submitting`
ends the request when the organisation sends it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import terms
from maillage.calls.actions.moving import move_application
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.actions.seen import hold, require_state
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, Completion
from maillage.calls.phrases import review as phrases
from maillage.calls.queries.own import people_of
from maillage.calls.queries.reopening import keys_of
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox


def ask_completion(
    *, application: Application, fields: Sequence[str], words: str, due_on: date, by: User, at: datetime
) -> Completion:
    """Open these keys again, and write what is missing. due_on: Paris date, in the future. Raises CallRefused."""
    if not fields:
        raise CallRefused(phrases.NO_FIELD, "fields_open")
    if not words.strip():
        raise CallRefused(phrases.SAY_MISSING, "words")
    if due_on <= timezone.localdate(at):
        raise CallRefused(phrases.DUE_PAST, "due_on")
    with transaction.atomic():
        row = hold(application, by=by)
        if not set(fields) <= set(keys_of(row)):
            raise CallRefused(phrases.NOT_A_FIELD, "fields_open")
        move_application(application=row, to=ApplicationState.INCOMPLETE, by=by, at=at)
        Application.objects.filter(pk=row.pk).update(reopened=list(fields))
        made = Completion.objects.create(
            application=row, fields=list(fields), words=words.strip(), due_on=due_on, asked_at=at, asked_by=by
        )
        journal(verb="ask_completion", target=row, changes={"reopened": [None, list(fields)]}, by=by, at=at)
        for user in people_of(row):
            outbox.post(kind="calls.completion", to=user, about=made, at=at)
    return made


def close_completion(*, application: Application, by: User, at: datetime, why: str = "") -> Application:
    """Wait no longer: the file is read as it was submitted and partly completed. Raises CallRefused."""
    with transaction.atomic():
        row = hold(application, by=by)
        require_state(row, [ApplicationState.INCOMPLETE], phrases.NOT_INCOMPLETE)
        return move_application(application=row, to=ApplicationState.SUBMITTED, by=by, at=at, why=why)


def remind_completions(*, at: datetime) -> int:
    """Write once, some days before the day, to those who have not answered; how many requests."""
    today = timezone.localdate(at)
    soon = today + timedelta(days=terms.review("completion_reminder_days", today))
    rows = Completion.objects.filter(answered_at=None, reminded_at=None, due_on__gte=today, due_on__lte=soon)
    told = 0
    for one in rows.filter(application__state=ApplicationState.INCOMPLETE).select_related("application"):
        with transaction.atomic():
            if not Completion.objects.filter(pk=one.pk, reminded_at=None, answered_at=None).update(reminded_at=at):
                continue
            for user in people_of(one.application):
                outbox.post(kind="calls.completion_due", to=user, about=one, at=at)
            told += 1
    return told
