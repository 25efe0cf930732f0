"""Record payments: the accountant pays; one person writes down the payment order, another confirms.

Words: a *clawback* is money that comes back. `Agreement.paid` moves by a conditional update, so that nothing over the
award is ever said to be paid. Neighbours: `reporting` says what the balance is.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.actions import CallRefused, move_application
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application
from maillage.grants.actions.agreeing import check_person, hold_award
from maillage.grants.actions.refusal import GrantRefused
from maillage.grants.actions.telling import tell
from maillage.grants.enums import InstalmentKind
from maillage.grants.models import Agreement, Instalment, Report
from maillage.grants.phrases import agreements as phrases
from maillage.kernel.actions import journal


def prepare_payment(
    *, instalment: Instalment, paid_on: date, order_number: str, by: User, at: datetime
) -> Instalment:  # fmt: skip
    """Write down that the accountant paid, or received a clawback; a second person confirms.

    Raises GrantRefused: not signed, the document that the payment asks is not there, the award was cancelled.
    """
    agreement = instalment.agreement
    if agreement.signed_on is None:
        raise GrantRefused(phrases.NOT_SIGNED)
    if not order_number.strip():
        raise GrantRefused(phrases.SAY_ORDER, "order_number")
    if paid_on > timezone.localdate(at):
        raise GrantRefused(phrases.IN_THE_FUTURE, "paid_on")
    if paid_on < agreement.signed_on:
        raise GrantRefused(phrases.BEFORE_SIGNATURE, "paid_on")
    values = {"paid_on": paid_on, "order_number": order_number.strip(), "prepared_by": by, "prepared_at": at}
    with transaction.atomic():
        check_person(agreement.decision, by)
        hold_award(agreement, even_cancelled=instalment.kind == InstalmentKind.CLAWBACK)
        if instalment.asks and not instalment.files.exists():
            raise GrantRefused(phrases.PROOF_FIRST.format(asks=instalment.asks))
        if not Instalment.objects.filter(pk=instalment.pk, confirmed_at=None).update(**values):
            raise GrantRefused(phrases.PAID_ALREADY)
        instalment.refresh_from_db()
        changes = {"order_number": [None, instalment.order_number], "paid_on": [None, paid_on.isoformat()]}
        journal(verb="prepare_payment", target=instalment, changes=changes, by=by, at=at)
    return instalment


def confirm_payment(*, instalment: Instalment, by: User, at: datetime) -> Instalment:
    """A second person says that this was paid as it is written; the holder learns it.

    instalment: as that person read it. Raises GrantRefused: not prepared, changed since, the same person, more than
    the award; nothing is written then.
    """
    if instalment.confirmed_at is not None:
        raise GrantRefused(phrases.PAID_ALREADY)
    if instalment.prepared_at is None:
        raise GrantRefused(phrases.NOT_PREPARED)
    if instalment.prepared_by_id == by.pk:
        raise GrantRefused(phrases.SECOND_PERSON)
    agreement = instalment.agreement
    with transaction.atomic():
        check_person(agreement.decision, by)
        hold_award(agreement, even_cancelled=instalment.kind == InstalmentKind.CLAWBACK)
        same = {
            name: getattr(instalment, name)
            for name in ("prepared_at", "prepared_by", "paid_on", "order_number", "amount")
        }
        read = Instalment.objects.filter(pk=instalment.pk, confirmed_at=None, **same)
        if not read.update(confirmed_at=at, confirmed_by=by):
            raise GrantRefused(phrases.PAYMENT_MOVED)
        instalment.confirmed_at, instalment.confirmed_by = at, by
        _move_sum(instalment)
        changes = {"paid": [None, str(instalment.amount)], "order_number": [None, instalment.order_number]}
        journal(verb="confirm_payment", target=instalment, changes=changes, by=by, at=at)
        application = Application.objects.get(decision__agreement=agreement)
        _move_on(agreement, application, by, at)
        tell("grants.paid", application, about=instalment, at=at)
    return instalment


def _move_sum(instalment: Instalment) -> None:
    rows, amount = Agreement.objects.filter(pk=instalment.agreement_id), instalment.amount
    if instalment.kind == InstalmentKind.CLAWBACK:
        moved = rows.filter(paid__gte=amount).update(paid=F("paid") - amount)
    else:
        moved = rows.filter(paid__lte=F("granted") - amount).update(paid=F("paid") + amount)
    row = rows.get()
    if not moved:
        raise GrantRefused(phrases.wrong_sum(row.paid + amount, row.granted))
    if row.over:
        rows.update(over=max(row.paid - row.granted, Decimal(0)))


def _move_on(agreement: Agreement, application: Application, by: User, at: datetime) -> None:
    """The first payment starts the payments, the last one after the report settles the grant."""
    if application.state == ApplicationState.AGREED:
        moved(application, ApplicationState.PAYING, by, at)
    settle_when_done(agreement, application, by, at)


def settle_when_done(agreement: Agreement, application: Application, by: User, at: datetime) -> bool:
    """The grant is settled once its report is accepted and nothing remains to be paid or given back."""
    if application.state == ApplicationState.CANCELLED:
        return False
    is_accepted = Report.objects.filter(agreement=agreement, accepted_at__isnull=False).exists()
    if not is_accepted or Instalment.objects.filter(agreement=agreement, confirmed_at=None).exists():
        return False
    moved(application, ApplicationState.SETTLED, by, at)
    return True


def moved(application: Application, to: ApplicationState, by: User | None, at: datetime) -> None:
    """Move the application. Raises GrantRefused."""
    try:
        move_application(application=application, to=to, by=by, at=at)
    except CallRefused as refusal:
        raise GrantRefused(refusal.phrase) from refusal
