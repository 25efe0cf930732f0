"""Draw the agreement of an award and note its signature.

Words: *terms* are its rate, the day of its report and its payments to come. Neighbours: `paying` records payments.
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
from maillage.grants import terms
from maillage.grants.actions.refusal import GrantRefused
from maillage.grants.actions.telling import tell
from maillage.grants.enums import InstalmentKind
from maillage.grants.models import Agreement, Decision, Instalment
from maillage.grants.phrases import agreements as phrases
from maillage.grants.phrases.cancelling import CANCELLED
from maillage.grants.queries.agreements import Planned
from maillage.kernel.actions import journal


def check_person(decision: Decision, by: User) -> None:
    """Refuse whoever stays away from the file."""
    if decision.application.recusals.filter(user=by).exists():
        raise GrantRefused(phrases.RECUSED)


def hold_award(agreement: Agreement, *, even_cancelled: bool = False) -> None:
    """Nobody cancels this award until the transaction ends, on any database. Raises GrantRefused when it ended."""
    rows = Decision.objects.filter(pk=agreement.decision_id)
    rows = rows if even_cancelled else rows.filter(cancelled_at=None)
    if not rows.update(cancelled_at=F("cancelled_at")):
        raise GrantRefused(CANCELLED)


def draw_agreement(
    *, decision: Decision, rate: Decimal, report_due_on: date, instalments: tuple[Planned, ...], by: User, at: datetime
) -> Agreement:
    """Lay down on what terms an award is paid; drawn anew until it is signed by all, and then the holder signs anew.

    Raises GrantRefused: not an award, signed, payments that do not make the award.
    """
    amount = decision.amount
    if not decision.is_award or amount is None:
        raise GrantRefused(phrases.NOT_AWARDED)
    if not 0 < rate <= 100:
        raise GrantRefused(phrases.WRONG_RATE, "rate")
    _check_instalments(instalments, amount)
    with transaction.atomic():
        check_person(decision, by)
        kept = Agreement.objects.filter(decision=decision).first()
        if kept is not None and kept.signed_on is not None:
            raise GrantRefused(phrases.SIGNED)
        made, _ = Agreement.objects.update_or_create(decision=decision, defaults={
            "kind": terms.agreement_kind(amount, timezone.localdate(at)), "granted": amount, "rate": rate,
            "report_due_on": report_due_on, "drawn_at": at, "drawn_by": by, "holder_signed_on": None,
        })  # fmt: skip
        made.instalments.all().delete()
        Instalment.objects.bulk_create(
            Instalment(
                agreement=made, kind=one.kind, amount=one.amount, planned_on=one.planned_on, asks=one.asks.strip()
            )
            for one in instalments
        )
        changes = {"rate": [None, str(rate)], "instalments": [None, [str(one.amount) for one in instalments]]}
        journal(verb="draw_agreement", target=made, changes=changes, by=by, at=at)
    return made


def _check_instalments(planned: tuple[Planned, ...], granted: Decimal) -> None:
    if not planned:
        raise GrantRefused(phrases.NO_INSTALMENT)
    kinds = [one.kind for one in planned]
    if InstalmentKind.CLAWBACK in kinds:
        raise GrantRefused(phrases.NO_CLAWBACK_PLANNED)
    if kinds.count(InstalmentKind.ADVANCE) > 1 or kinds.count(InstalmentKind.FINAL) > 1:
        raise GrantRefused(phrases.ONE_OF_A_KIND)
    total = sum((one.amount for one in planned), Decimal(0))
    if total != granted:
        raise GrantRefused(phrases.wrong_sum(total, granted))


def check_signing_day(agreement: Agreement, on: date, at: datetime, field: str = "on") -> None:
    """A signature comes after the deliberation and before now. Raises GrantRefused."""
    if on > timezone.localdate(at):
        raise GrantRefused(phrases.IN_THE_FUTURE, field)
    decided_on = agreement.decision.deliberated_on
    if decided_on is not None and on < decided_on:
        raise GrantRefused(phrases.BEFORE_DECISION, field)


def sign_agreement(
    *, agreement: Agreement, on: date, by: User, at: datetime, holder_on: date | None = None
) -> Agreement:
    """It is signed by all, or the notification left; the applicant learns what comes next. Raises GrantRefused.

    on: the day of the authority, or of the sending; holder_on: of the holder, None keeps what their own copy said.
    """
    decision = agreement.decision
    check_signing_day(agreement, on, at)
    if holder_on is not None:
        check_signing_day(agreement, holder_on, at, "holder_on")
    with transaction.atomic():
        check_person(decision, by)
        days = {"signed_on": on} | ({"holder_signed_on": holder_on} if holder_on else {})
        if not Agreement.objects.filter(pk=agreement.pk, signed_on=None).update(**days):
            raise GrantRefused(phrases.SIGNED)
        agreement.refresh_from_db(fields=["signed_on", "holder_signed_on"])
        try:
            move_application(application=decision.application, to=ApplicationState.AGREED, by=by, at=at)
        except CallRefused as refusal:
            raise GrantRefused(refusal.phrase) from refusal
        changes = {name: [None, day.isoformat()] for name, day in days.items()}
        journal(verb="sign_agreement", target=agreement, changes=changes, by=by, at=at)
        tell("grants.agreed", decision.application, about=agreement, at=at)
    return agreement


def note_published(*, agreement: Agreement, by: User, at: datetime) -> None:
    """The essential data of this grant are on line where the law wants them. Raises GrantRefused when noted before."""
    with transaction.atomic():
        signed = Agreement.objects.filter(pk=agreement.pk, published_at=None, signed_on__isnull=False)
        if not signed.update(published_at=at):
            raise GrantRefused(phrases.PUBLISHED_ALREADY)
        journal(verb="note_published", target=agreement, changes={"published_at": [None, at.isoformat()]}, by=by, at=at)
