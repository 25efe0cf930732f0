"""Decide on an application: one person prepares, another confirms with the deliberation, money moves then.

Words: an *award* is a confirmed decision that grants. Locks are taken in one order: the decision, the undertaking, the
envelope line, the application. Neighbours: `envelopes`, `undertakings`; letters are in `notices`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.actions import CallRefused, move_application
from maillage.calls.enums import ApplicationState, DecidingBody, Sense
from maillage.calls.models import Application, Criterion, EnvelopeLine, Opinion
from maillage.grants.actions import envelopes, undertakings
from maillage.grants.actions.files import forget_files
from maillage.grants.actions.opening import open_project
from maillage.grants.actions.refusal import AlreadyDecided, GrantRefused
from maillage.grants.actions.telling import tell_decision
from maillage.grants.actions.themes import open_theme_of
from maillage.grants.enums import Ground, Outcome
from maillage.grants.models import Agreement, Decision, DeMinimisAid
from maillage.grants.phrases import decisions as phrases
from maillage.kernel.actions import journal

STATES = {
    Outcome.GRANTED: ApplicationState.GRANTED,
    Outcome.REFUSED: ApplicationState.REFUSED,
    Outcome.DROPPED: ApplicationState.DROPPED,
}


@dataclass(frozen=True)
class Proposed:
    """What is put before the deciding body. line: None takes that of the call; override: why the ceiling of the aids
    de minimis may be passed, "" when it may not."""

    outcome: Outcome
    amount: Decimal | None = None
    line: EnvelopeLine | None = None
    reason: str = ""
    ground: Ground | str = ""
    criterion: Criterion | None = None
    override: str = ""


@dataclass(frozen=True)
class Deliberation:
    """The act by which the deciding body decided. number: as the minutes have it; day: Paris date."""

    number: str
    day: date
    body: DecidingBody


def prepare_decision(*, application: Application, proposed: Proposed, by: User, at: datetime) -> Decision:
    """Write what is proposed, or write it anew until somebody confirms it. Raises GrantRefused, AlreadyDecided."""
    values = _checked(application, proposed, by)
    values |= {"prepared_by": by, "prepared_at": at, "is_example": application.is_example}
    with transaction.atomic():
        kept = Decision.objects.filter(application=application).first()
        before = [kept.outcome, str(kept.amount or "")] if kept else None
        if kept is None:
            try:
                with transaction.atomic():
                    kept = Decision.objects.create(application=application, **values)
            except IntegrityError as error:
                raise GrantRefused(phrases.CHANGED) from error
        elif not Decision.objects.filter(pk=kept.pk, confirmed_at=None).update(**values):
            raise AlreadyDecided(phrases.ALREADY)
        kept.refresh_from_db()
        changes = {"decision": [before, [kept.outcome, str(kept.amount or "")]]}
        journal(verb="prepare_decision", target=kept, changes=changes, by=by, at=at)
    return kept


def _checked(application: Application, said: Proposed, by: User) -> dict[str, Any]:
    _check_person(application, by)
    if said.outcome != Outcome.DROPPED:
        _check_opinion(application)
    values: dict[str, Any] = {
        "outcome": said.outcome, "amount": None, "line": None, "reason": said.reason.strip(), "ground": "",
        "criterion": None, "override": "",
    }  # fmt: skip
    if said.outcome == Outcome.GRANTED:
        return values | _checked_award(application, said)
    if not values["reason"]:
        raise GrantRefused(phrases.SAY_WHY, "reason")
    if said.outcome == Outcome.REFUSED:
        if not said.ground:
            raise GrantRefused(phrases.SAY_GROUND, "ground")
        if said.criterion is not None and said.criterion.call_id != application.call_id:
            raise GrantRefused(phrases.OTHER_CALL, "criterion")
        values |= {"ground": said.ground, "criterion": said.criterion}
    return values


def _checked_award(application: Application, said: Proposed) -> dict[str, Any]:
    call, line = application.call, said.line or application.call.line
    if said.amount is None or said.amount <= 0:
        raise GrantRefused(phrases.SAY_AMOUNT, "amount")
    if application.requested is not None and said.amount > application.requested:
        raise GrantRefused(phrases.TOO_MUCH, "amount")
    if call.most is not None and said.amount > call.most:
        raise GrantRefused(phrases.OVER_MOST, "amount")
    if line is None:
        raise GrantRefused(phrases.SAY_LINE, "line")
    if line.scheme_id != call.scheme_id:
        raise GrantRefused(phrases.OTHER_SCHEME, "line")
    return {"amount": said.amount, "line": line, "override": said.override.strip()}


def _check_person(application: Application, by: User) -> None:
    if application.recusals.filter(user=by).exists():
        raise GrantRefused(phrases.RECUSED)


def _check_opinion(application: Application) -> Opinion:
    opinion = application.opinions.order_by("-given_on", "-pk").first()
    if opinion is None:
        raise GrantRefused(phrases.OPINION_FIRST)
    if opinion.sense == Sense.ADJOURNED:
        raise GrantRefused(phrases.NOT_FINAL)
    return opinion


def confirm_decision(
    *, decision: Decision, deliberation: Deliberation | None, by: User, at: datetime, seen: datetime | None = None
) -> Decision:
    """The deciding body has decided: the money of an award leaves its line, the applicant's letter leaves after commit.

    deliberation: may be None for an application that is dropped. seen: when what the person read was prepared, so that
    nobody confirms what was changed since. Raises GrantRefused, EnvelopeExceeded, CeilingExceeded, AlreadyDecided;
    nothing is written then.
    """
    with transaction.atomic():
        row = Decision.objects.select_related("application__call__scheme__authority", "application__organisation",
                                              "line").get(pk=decision.pk)  # fmt: skip
        _check_confirmation(row, deliberation, by, at, seen)
        _claim(row, deliberation, by, at)
        if row.outcome == Outcome.GRANTED:
            _award(row, by, at)
        try:
            move_application(application=row.application, to=STATES[Outcome(row.outcome)], by=by, at=at)
        except CallRefused as refusal:
            raise GrantRefused(refusal.phrase) from refusal
        told = {"outcome": row.outcome, "amount": str(row.amount or ""), "deliberation": row.deliberation}
        journal(verb="confirm_decision", target=row, changes={"confirmed": [None, told]}, by=by, at=at)
        tell_decision(row, at)
    return row


def _check_confirmation(
    row: Decision, said: Deliberation | None, by: User, at: datetime, seen: datetime | None
) -> None:
    if row.confirmed_at is not None:
        raise AlreadyDecided(phrases.ALREADY)
    if seen is not None and row.prepared_at != seen:
        raise GrantRefused(phrases.CHANGED)
    _check_person(row.application, by)
    if row.outcome == Outcome.GRANTED and row.prepared_by_id == by.pk:
        raise GrantRefused(phrases.SECOND_PERSON)
    if row.outcome == Outcome.DROPPED and said is None:
        return
    if said is None or not said.number.strip():
        raise GrantRefused(phrases.SAY_DELIBERATION, "number")
    if said.day > timezone.localdate(at):
        raise GrantRefused(phrases.IN_THE_FUTURE, "day")
    if row.outcome != Outcome.DROPPED and said.day < _check_opinion(row.application).given_on:
        raise GrantRefused(phrases.BEFORE_OPINION, "day")


def _claim(row: Decision, said: Deliberation | None, by: User, at: datetime) -> None:
    """It is confirmed by this person and by nobody else; what was read of it must still hold."""
    values: dict[str, Any] = {"confirmed_at": at, "confirmed_by": by}
    if said is not None:
        values |= {"body": said.body, "deliberation": said.number.strip(), "deliberated_on": said.day}
    same: dict[str, Any] = {
        name: getattr(row, name) for name in ("prepared_at", "prepared_by", "outcome", "amount", "line")
    }
    if not Decision.objects.filter(pk=row.pk, confirmed_at=None, **same).update(**values):
        raise AlreadyDecided(phrases.ALREADY)
    for name, value in values.items():
        setattr(row, name, value)


def _award(row: Decision, by: User, at: datetime) -> None:
    assert row.line is not None
    assert row.amount is not None
    assert row.deliberated_on is not None
    undertakings.register(row, row.deliberated_on)
    envelopes.take(row.line, row.amount)
    row.project = open_project(row.application, by=by, at=at)
    open_theme_of(row.application, by=by, at=at)
    row.save(update_fields=["project"])


def withdraw_decision(*, decision: Decision, why: str, by: User, at: datetime) -> None:
    """Undo a decision that was a mistake: the money goes back to its line, the application to the committee's opinion.

    The decision can be prepared anew; what it was stays in the journal. Raises GrantRefused: not confirmed, no reason,
    an agreement is signed.
    """
    if not why.strip():
        raise GrantRefused(phrases.WHY_WITHDRAWN, "why")
    with transaction.atomic():
        row = Decision.objects.select_related("application", "line").filter(pk=decision.pk).first()
        if row is None or row.confirmed_at is None:
            raise GrantRefused(phrases.NOT_CONFIRMED)
        _check_person(row.application, by)
        if Agreement.objects.filter(decision=row, signed_on__isnull=False).exists():
            raise GrantRefused(phrases.HAS_AGREEMENT)
        told = {"outcome": row.outcome, "amount": str(row.amount or ""), "deliberation": row.deliberation}
        journal(verb="withdraw_decision", target=row, changes={"confirmed": [told, None]}, by=by, at=at, note=why)
        _undo(row)
        try:
            move_application(application=row.application, to=ApplicationState.OPINION, by=by, at=at, why=why)
        except CallRefused as refusal:
            raise GrantRefused(refusal.phrase) from refusal


def _undo(row: Decision) -> None:
    """Take away the award, its line of the register and its unsigned agreement; only whoever takes it gives back."""
    for agreement in Agreement.objects.filter(decision=row, signed_on=None):
        forget_files(agreement)
        agreement.delete()
    DeMinimisAid.objects.filter(decision=row).delete()
    deleted, _ = Decision.objects.filter(pk=row.pk, confirmed_at=row.confirmed_at).delete()
    if not deleted:
        raise GrantRefused(phrases.CHANGED)
    if row.outcome == Outcome.GRANTED and row.line is not None and row.amount is not None:
        envelopes.give_back(row.line, row.amount)
