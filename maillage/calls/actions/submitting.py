"""Send an application, or take it back.

Words: the *number* is given once, without a gap; the *digest* says what was sent.
Neighbours: the receipt leaves through the outbox after commit; `calls.paper` typesets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.actions.applying import ApplicationMoved, held
from maillage.calls.actions.outside import stop_waiting
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.digest import digest_of
from maillage.calls.enums import REACHED_FROM, ApplicationState, CallKind
from maillage.calls.models import Application, Call, Completion, Numbering
from maillage.calls.phrases import applying as phrases
from maillage.calls.queries.missing import Lack, missing
from maillage.calls.queries.own import is_open_for, people_of
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox

PREFIXES = {CallKind.PROJECTS: "AAP", CallKind.INTEREST: "AMI", CallKind.STANDING: "AID"}


class ApplicationLacks(CallRefused):
    """Something is missing; `lacks` says what, and where."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(phrases.LACKING)
        self.lacks = lacks


def submit_application(*, application: Application, version: int, by: User | None, at: datetime) -> Application:
    """Send it: its number, its digest, the receipt to its people; or what was asked to complete it.

    at: the server's clock, read for this sending. Raises CallRefused (sent already, the call is over: the sentence
    says what is kept), ApplicationMoved, ApplicationLacks; nothing is written then, and no number is lost.
    """
    with transaction.atomic():
        row = held(application)
        if row.version != version:
            raise ApplicationMoved(row)
        if not (decision := is_open_for(row.call, row, at)):
            raise CallRefused(decision.reason)
        if lacks := missing(row):
            raise ApplicationLacks(lacks)
        was, is_first = row.state, row.number is None
        row.number = row.number or next_number(row.call, at)
        row.digest = digest_of(row)
        _move(row, was=was, version=version, by=by, at=at)
        Completion.objects.filter(application=row, answered_at=None).update(answered_at=at)
        changes = {"state": [was, ApplicationState.SUBMITTED.value], "digest": [None, row.digest]}
        verb = "submit_application" if is_first else "complete_application"
        journal(verb=verb, target=row, changes=changes, by=by, at=at)
        for user in people_of(row):
            outbox.post(kind="calls.receipt" if is_first else "calls.completed", to=user, about=row, at=at)
    return row


def next_number(call: Call, at: datetime) -> str:
    """« AAP-2026-0001 »: the next one of its kind and year. Call it inside the transaction that uses the number."""
    series = f"{PREFIXES[CallKind(call.kind)]}-{timezone.localdate(at).year}"
    Numbering.objects.get_or_create(series=series)
    row = Numbering.objects.select_for_update().get(series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{series}-{row.last:04d}"


def withdraw_application(*, application: Application, by: User | None, at: datetime, why: str = "") -> Application:
    """Take it back, draft or sent, as long as nothing was decided. Raises CallRefused."""
    with transaction.atomic():
        reached = REACHED_FROM[ApplicationState.WITHDRAWN]
        rows = Application.objects.filter(pk=application.pk, state__in=reached)
        was = rows.select_for_update().values_list("state", flat=True).first()
        if was is None or not rows.filter(state=was).update(
            state=ApplicationState.WITHDRAWN, withdrawn_at=at, changed_at=at, reopened=[]
        ):
            raise CallRefused(phrases.CANNOT_WITHDRAW)
        Completion.objects.filter(application=application, answered_at=None).update(answered_at=at)
        stop_waiting(application, at=at)
        changes = {"state": [was, ApplicationState.WITHDRAWN.value]}
        journal(verb="withdraw_application", target=application, changes=changes, by=by, at=at, note=why)
    application.refresh_from_db()
    return application


def _move(row: Application, *, was: str, version: int, by: User | None, at: datetime) -> None:
    """By a conditional update: of two that send it at once, one does."""
    moved = Application.objects.filter(pk=row.pk, state=was, version=version).update(
        state=ApplicationState.SUBMITTED, number=row.number, digest=row.digest, submitted_at=at, changed_at=at,
        reopened=[], version=F("version") + 1,
    )  # fmt: skip
    if not moved:
        raise CallRefused(phrases.NOT_WRITABLE)
    if row.author_id is None and by is not None:
        Application.objects.filter(pk=row.pk).update(author=by)
    row.refresh_from_db()
