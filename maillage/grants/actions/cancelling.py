"""End an award after its signature: one person prepares, another confirms with the deliberation.

Words: what was paid is *due back*, by a clawback that the accountant receives. Locks are taken in one order: the
decision, the undertaking, the envelope line, the payments, the agreement, the application. Neighbours: `deciding` takes
back what was not signed; `standing` lets payments and reports see that an award ended.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application
from maillage.grants import terms
from maillage.grants.actions import envelopes, undertakings
from maillage.grants.actions.agreeing import check_person
from maillage.grants.actions.deciding import Deliberation
from maillage.grants.actions.paying import moved
from maillage.grants.actions.refusal import AlreadyDecided, GrantRefused
from maillage.grants.actions.telling import tell
from maillage.grants.enums import CancelGround, InstalmentKind
from maillage.grants.models import Agreement, Cancellation, Decision, DeMinimisAid, Instalment, Reduction
from maillage.grants.phrases import cancelling as phrases
from maillage.kernel.actions import journal

NOTHING = Decimal(0)


def prepare_cancellation(
    *, decision: Decision, ground: CancelGround, reason: str, by: User, at: datetime
) -> Cancellation:
    """Write why a signed award would end, or write it anew until somebody confirms it. Raises GrantRefused."""
    if not reason.strip():
        raise GrantRefused(phrases.SAY_WHY, "reason")
    values: dict[str, Any] = {"ground": ground, "reason": reason.strip(), "prepared_by": by, "prepared_at": at}
    with transaction.atomic():
        check_person(decision, by)
        check_signed(Decision.objects.select_related("application").get(pk=decision.pk))
        if not Cancellation.objects.filter(decision=decision, confirmed_at=None).update(**values):
            try:
                with transaction.atomic():
                    Cancellation.objects.create(decision=decision, **values)
            except IntegrityError as error:
                raise AlreadyDecided(phrases.ALREADY) from error
        made = Cancellation.objects.get(decision=decision)
        changes = {"ground": [None, str(ground)]}
        journal(verb="prepare_cancellation", target=made, changes=changes, by=by, at=at)
    return made


def drop_cancellation(*, cancellation: Cancellation, by: User, at: datetime) -> None:
    """It is not put before the deciding body any more: the award goes on. Raises AlreadyDecided."""
    with transaction.atomic():
        check_person(cancellation.decision, by)
        changes = {"ground": [cancellation.ground, None]}
        journal(verb="drop_cancellation", target=cancellation, changes=changes, by=by, at=at)
        forget_prepared(cancellation, phrases.ALREADY)


def forget_prepared(row: Cancellation | Reduction, already: str) -> None:
    """Nothing of it is left, while nobody has confirmed it. Raises AlreadyDecided with this phrase."""
    deleted, _ = type(row)._default_manager.filter(pk=row.pk, confirmed_at=None).delete()
    if not deleted:
        raise AlreadyDecided(already)


def cancel_grant(
    *, cancellation: Cancellation, deliberation: Deliberation, by: User, at: datetime, seen: datetime | None = None
) -> Cancellation:
    """The award ends: its euros go back to their line and leave the register, what was paid is due back.

    seen: when what the person read was prepared. The holder's letter leaves after commit; the public list, the map and
    the open data follow, since the award counts no more. Raises GrantRefused: the same person, no deliberation, changed
    since, a payment that waits for its second person, settled already; nothing is written then.
    """
    with transaction.atomic():
        row = Cancellation.objects.select_related("decision__application", "decision__line").get(pk=cancellation.pk)
        if row.confirmed_at is not None:
            raise AlreadyDecided(phrases.ALREADY)
        check_confirmation(row, deliberation, by, at, seen)
        _claim(row.decision, at)
        _give_back(row.decision)
        row.due_back = _end_payments(row.decision, at)
        row.due_on = return_day(at) if row.due_back else None
        row.body, row.deliberation = deliberation.body, deliberation.number.strip()
        row.deliberated_on, row.confirmed_by, row.confirmed_at = deliberation.day, by, at
        row.save()
        application = Application.objects.get(pk=row.decision.application_id)
        moved(application, ApplicationState.CANCELLED, by, at)
        told = {"amount": str(row.decision.amount), "due_back": str(row.due_back), "deliberation": row.deliberation}
        journal(verb="cancel_grant", target=row, changes={"cancelled": [None, told]}, by=by, at=at, note=row.reason)
        tell("grants.cancelled", application, about=row, at=at)
    return row


def check_confirmation(
    row: Cancellation | Reduction, said: Deliberation, by: User, at: datetime, seen: datetime | None
) -> None:
    """May this person confirm what changes a signed award, with this deliberation? Raises GrantRefused."""
    if seen is not None and row.prepared_at != seen:
        raise GrantRefused(phrases.CHANGED)
    check_person(row.decision, by)
    if row.prepared_by_id == by.pk:
        raise GrantRefused(phrases.SECOND_PERSON)
    if not said.number.strip():
        raise GrantRefused(phrases.SAY_DELIBERATION, "number")
    if said.day > timezone.localdate(at):
        raise GrantRefused(phrases.IN_THE_FUTURE, "day")
    if said.day < check_signed(row.decision):
        raise GrantRefused(phrases.BEFORE_SIGNATURE, "day")


def check_signed(decision: Decision) -> date:
    """The day of the signature. Raises GrantRefused: not an award, not signed, settled."""
    if decision.cancelled_at is not None:
        raise AlreadyDecided(phrases.ALREADY)
    agreement = Agreement.objects.filter(decision=decision).first()
    if not decision.is_award or agreement is None or agreement.signed_on is None:
        raise GrantRefused(phrases.NOT_SIGNED)
    if decision.application.state == ApplicationState.SETTLED:
        raise GrantRefused(phrases.SETTLED)
    return agreement.signed_on


def _claim(decision: Decision, at: datetime) -> None:
    """It ends once, whoever asks; payments and reports that come now wait here, then find it ended.

    Its amount is read again, since somebody may have reduced it; what was prepared to reduce it is over.
    """
    if not Decision.objects.filter(pk=decision.pk, cancelled_at=None).update(cancelled_at=at):
        raise AlreadyDecided(phrases.ALREADY)
    decision.refresh_from_db(fields=["amount", "first_amount", "cancelled_at"])
    Reduction.objects.filter(decision=decision, confirmed_at=None).delete()


def _give_back(decision: Decision) -> None:
    """The euros go back to the line, and to what the undertaking may still receive."""
    assert decision.line is not None
    assert decision.amount is not None
    aid = DeMinimisAid.objects.filter(decision=decision).first()
    if aid is not None:
        undertakings.hold(aid.undertaking_id)
        aid.delete()
    envelopes.give_back(decision.line, decision.amount)


def _end_payments(decision: Decision, at: datetime) -> Decimal:
    """Nothing more is paid; what was is planned to come back. Its euros."""
    waiting = Instalment.objects.filter(agreement__decision=decision, confirmed_at=None)
    rows = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    if any(one.prepared_at is not None for one in rows):
        raise GrantRefused(phrases.PAYMENT_WAITS)
    waiting.delete()
    agreement = Agreement.objects.get(decision=decision)
    if agreement.paid > NOTHING:
        Instalment.objects.create(
            agreement=agreement, kind=InstalmentKind.CLAWBACK, amount=agreement.paid, planned_on=return_day(at)
        )
    return agreement.paid


def return_day(at: datetime) -> date:
    """About when money comes back."""
    today = timezone.localdate(at)
    return today + timedelta(days=terms.number("return_days", today))
