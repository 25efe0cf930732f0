"""Make a signed award smaller: one person prepares, another confirms with the deliberation.

Words: what was paid above the new amount is *due back*, by a clawback that the accountant receives. Locks are taken in
the order of `cancelling`, which has the rest of the words.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.calls.models import Application
from maillage.grants.actions import envelopes, undertakings
from maillage.grants.actions.agreeing import check_person
from maillage.grants.actions.cancelling import check_confirmation, check_signed, forget_prepared, return_day
from maillage.grants.actions.deciding import Deliberation
from maillage.grants.actions.paying import settle_when_done
from maillage.grants.actions.refusal import AlreadyDecided, GrantRefused
from maillage.grants.actions.telling import tell
from maillage.grants.enums import InstalmentKind, ReduceGround
from maillage.grants.facts import balance
from maillage.grants.models import Agreement, Decision, DeMinimisAid, Instalment, Reduction
from maillage.grants.phrases import cancelling, reducing
from maillage.kernel.actions import journal

NOTHING = Decimal(0)


def prepare_reduction(
    *, decision: Decision, amount: Decimal, ground: ReduceGround, reason: str, by: User, at: datetime
) -> Reduction:
    """Write to how much a signed award would come down, or write it anew until somebody confirms it.

    Raises GrantRefused: no reason, not signed, settled, an amount that is none or no smaller one.
    """
    if not reason.strip():
        raise GrantRefused(cancelling.SAY_WHY, "reason")
    values: dict[str, Any] = {
        "amount": amount, "ground": ground, "reason": reason.strip(), "prepared_by": by, "prepared_at": at,
    }  # fmt: skip
    with transaction.atomic():
        check_person(decision, by)
        row = Decision.objects.select_related("application").get(pk=decision.pk)
        check_signed(row)
        _check_amount(row, amount)
        if not Reduction.objects.filter(decision=row, confirmed_at=None).update(**values):
            try:
                with transaction.atomic():
                    Reduction.objects.create(decision=row, **values)
            except IntegrityError as error:
                raise GrantRefused(reducing.CHANGED) from error
        made = Reduction.objects.get(decision=row, confirmed_at=None)
        changes = {"amount": [str(row.amount), str(amount)], "ground": [None, str(ground)]}
        journal(verb="prepare_reduction", target=made, changes=changes, by=by, at=at)
    return made


def _check_amount(decision: Decision, amount: Decimal) -> None:
    assert decision.amount is not None
    if amount <= 0:
        raise GrantRefused(reducing.NOTHING_LEFT, "amount")
    if amount >= decision.amount:
        raise GrantRefused(reducing.not_smaller(decision.amount), "amount")


def drop_reduction(*, reduction: Reduction, by: User, at: datetime) -> None:
    """It is not put before the deciding body any more. Raises AlreadyDecided."""
    with transaction.atomic():
        check_person(reduction.decision, by)
        changes = {"amount": [str(reduction.amount), None]}
        journal(verb="drop_reduction", target=reduction, changes=changes, by=by, at=at)
        forget_prepared(reduction, reducing.ALREADY)


def reduce_grant(
    *, reduction: Reduction, deliberation: Deliberation, by: User, at: datetime, seen: datetime | None = None
) -> Reduction:
    """The award is smaller: the rest goes back to its line and leaves the register, what was paid above is due back.

    seen: when what the person read was prepared. Payments to come are cut from the last one; the public list and the
    open data follow, the holder's letter leaves after commit. Raises GrantRefused: the same person, no deliberation,
    changed since, a payment that waits for its second person, settled or cancelled; nothing is written then.
    """
    with transaction.atomic():
        row = Reduction.objects.select_related("decision__application", "decision__line").get(pk=reduction.pk)
        if row.confirmed_at is not None:
            raise AlreadyDecided(reducing.ALREADY)
        check_confirmation(row, deliberation, by, at, seen)
        _check_amount(row.decision, row.amount)
        row.before = _claim(row.decision, row.amount)
        _give_back(row.decision, row.before)
        agreement = _cut(row.decision, row.amount, at)
        row.due_back = max(agreement.paid - row.amount, NOTHING)
        row.due_on = return_day(at) if row.due_back else None
        row.body, row.deliberation = deliberation.body, deliberation.number.strip()
        row.deliberated_on, row.confirmed_by, row.confirmed_at = deliberation.day, by, at
        _confirm(row)
        told = {"amount": str(row.amount), "due_back": str(row.due_back), "deliberation": row.deliberation}
        changes = {"reduced": [{"amount": str(row.before)}, told]}
        journal(verb="reduce_grant", target=row, changes=changes, by=by, at=at, note=row.reason)
        application = Application.objects.get(pk=row.decision.application_id)
        settle_when_done(agreement, application, by, at)
        tell("grants.reduced", application, about=row, at=at)
    return row


def _confirm(row: Reduction) -> None:
    """Of what was read, and by this person alone: somebody may have written it anew, or dropped it."""
    names = ("before", "due_back", "due_on", "body", "deliberation", "deliberated_on", "confirmed_by", "confirmed_at")
    same = {name: getattr(row, name) for name in ("amount", "prepared_at", "prepared_by")}
    values = {name: getattr(row, name) for name in names}
    if not Reduction.objects.filter(pk=row.pk, confirmed_at=None, **same).update(**values):
        raise GrantRefused(reducing.CHANGED)


def _claim(decision: Decision, amount: Decimal) -> Decimal:
    """From the amount that was read, by one person; payments and cancellations that come now wait here. What it was."""
    before = decision.amount
    assert before is not None
    first = decision.first_amount if decision.first_amount is not None else before
    rows = Decision.objects.filter(pk=decision.pk, cancelled_at=None, amount=before)
    if not rows.update(amount=amount, first_amount=first):
        raise GrantRefused(reducing.CHANGED)
    decision.amount, decision.first_amount = amount, first
    return before


def _give_back(decision: Decision, before: Decimal) -> None:
    """What it has less goes back to the line, and to what the undertaking may still receive."""
    assert decision.line is not None
    assert decision.amount is not None
    aid = DeMinimisAid.objects.filter(decision=decision).first()
    if aid is not None:
        undertakings.hold(aid.undertaking_id)
        DeMinimisAid.objects.filter(pk=aid.pk).update(amount=decision.amount)
    envelopes.give_back(decision.line, before - decision.amount)


def _cut(decision: Decision, amount: Decimal, at: datetime) -> Agreement:
    """The agreement says the new amount, and its payments to come make what is still to be paid, or to come back."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(decision=decision)
    rows = Instalment.objects.filter(agreement=agreement, confirmed_at=None)
    waiting = list(rows.select_for_update(of=("self",)).order_by("planned_on", "pk"))
    if any(one.prepared_at is not None for one in waiting):
        raise GrantRefused(cancelling.PAYMENT_WAITS)
    agreement.granted, agreement.over = amount, max(agreement.paid - amount, NOTHING)
    agreement.save(update_fields=["granted", "over"])
    _plan(waiting, _remaining(agreement), agreement, at)
    return agreement


def _remaining(agreement: Agreement) -> Decimal:
    """Euros still to pay; negative, to come back. Once a report is accepted, what it says counts too."""
    report = agreement.written
    if report is not None and report.accepted_at is not None and report.eligible is not None:
        return balance(agreement, report.eligible)
    return agreement.granted - agreement.paid


def _plan(waiting: list[Instalment], remaining: Decimal, agreement: Agreement, at: datetime) -> None:
    """Keep the payments that come first as far as they go; nothing waits to be paid when money is to come back."""
    left = max(remaining, NOTHING)
    for one in waiting:
        is_kept = one.kind != InstalmentKind.CLAWBACK and left > NOTHING
        if not is_kept:
            one.delete()
            continue
        if one.amount > left:
            one.amount = left
            one.save(update_fields=["amount"])
        left -= one.amount
    if remaining < NOTHING:
        Instalment.objects.create(
            agreement=agreement, kind=InstalmentKind.CLAWBACK, amount=-remaining, planned_on=return_day(at)
        )
