"""Introduce a project to a partner: propose, agree, ask, hear, rate.

Words: a partner is *asked* by letter, and answers from it without an account; a ladder asks again, then has somebody
telephone. What is told to a partner is `Referral.shared`, word for word as its holder agreed; nothing of others.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.desk import phrases
from maillage.desk.actions.held import answered, held, held_open, moved, tell_holders
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.enums import ANSWERS, Turn, Usefulness
from maillage.desk.models import Partner, Project, Referral
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox

LADDER = "desk.partner"


def propose_referral(
    *, project: Project, partner: Partner, why: str, shared: str, by: User, at: datetime
) -> Referral:  # fmt: skip
    """Propose a partner to the holders, who read what would be told. Raises DeskRefused: closed, empty, there now."""
    if not why.strip():
        raise DeskRefused(phrases.SAY_WHY, "why")
    if not shared.strip():
        raise DeskRefused(phrases.SAY_WHAT, "shared")
    try:
        with transaction.atomic():
            row = held_open(project)
            made = Referral.objects.create(
                project=row, partner=partner, why=why.strip(), shared=shared.strip(), proposed_at=at, proposed_by=by
            )
            moved(row, at, *answered(row, at))
            _journal("propose_referral", made, None, by, at)
            tell_holders("desk.referral", row, about=made, at=at)
    except IntegrityError as error:
        raise DeskRefused(phrases.REFERRED_ALREADY, "partner") from error
    return made


def agree_referral(*, referral: Referral, at: datetime, by: User | None, noted_by: User | None = None) -> Referral:
    """The holder agrees: the partner is asked, and asked again. noted_by: who heard the agreement on the telephone.

    Twice does no harm. Raises DeskRefused: closed, refused, or a partner without an address (then one telephones).
    """
    with transaction.atomic():
        row = _held(referral)
        if row.state in (Turn.ASKED, *ANSWERS):
            return row
        if row.state != Turn.PROPOSED:
            raise DeskRefused(phrases.REFERRAL_OVER)
        row.state, row.consent_at, row.consent_noted_by, row.asked_at = Turn.ASKED, at, noted_by, at
        row.save(update_fields=["state", "consent_at", "consent_noted_by", "asked_at"])
        moved(held(row.project), at)
        _journal("agree_referral", row, Turn.PROPOSED, by or noted_by, at)
        _ask(row, at)
    return row


def _ask(referral: Referral, at: datetime) -> None:
    if referral.partner.email:
        outbox.post(kind="desk.partner", to=referral.partner.email, about=referral, at=at)
        outbox.open_climb(ladder=LADDER, about=referral, to=referral.partner.email, at=at)
        return
    outbox.open_to_do(
        title=phrases.CALL_PARTNER, about=referral, owner=referral.project.adviser, at=at,
        once_key=f"desk:partner:{referral.pk}",
    )  # fmt: skip


def calls_of(referral: Referral) -> list[str]:
    """Beginnings of the keys of the calls that were asked about it."""
    return [*outbox.to_do_keys(about=referral, ladder=LADDER), f"desk:partner:{referral.pk}"]


def refuse_referral(*, referral: Referral, at: datetime, by: User | None) -> Referral:
    """The holder would rather not: nothing is told to anybody. Raises DeskRefused when it was told already."""
    with transaction.atomic():
        row = _held(referral)
        if row.state == Turn.REFUSED:
            return row
        if row.state != Turn.PROPOSED:
            raise DeskRefused(phrases.TOLD_ALREADY)
        row.state = Turn.REFUSED
        row.save(update_fields=["state"])
        moved(held(row.project), at)
        _journal("refuse_referral", row, Turn.PROPOSED, by, at)
    return row


def answer_referral(
    *, referral: Referral, state: Turn, at: datetime, by: User | None = None, words: str = ""
) -> Referral:  # fmt: skip
    """The partner answers, from its letter, or to an agent on the telephone (by). It may answer otherwise later.

    Raises DeskRefused: not asked, or over.
    """
    if state not in ANSWERS:
        raise ValueError(f"{state} is no answer")
    with transaction.atomic():
        row = _held(referral)
        if row.state == state and row.answer == words.strip():
            return row
        if row.state not in (Turn.ASKED, *ANSWERS):
            raise DeskRefused(phrases.REFERRAL_OVER)
        before, row.state, row.answered_at, row.answer = row.state, state, at, words.strip()[:400]
        row.save(update_fields=["state", "answered_at", "answer"])
        outbox.move(about=row, at=at, ladder=LADDER)
        outbox.close_to_dos(about=row, asked=calls_of(row), note=phrases.PARTNER_ANSWERED, at=at)
        moved(held(row.project), at)
        _journal("answer_referral", row, before, by, at)
        tell_holders("desk.referral_answered", row.project, about=row, at=at)
        if row.project.adviser is not None and (by is None or by.pk != row.project.adviser_id):
            outbox.post(kind="desk.partner_said", to=row.project.adviser, about=row, at=at)
    return row


def close_referral(*, referral: Referral, by: User, at: datetime) -> Referral:
    """It is over; the holders are asked whether it helped. Raises DeskRefused when it is over already."""
    with transaction.atomic():
        row = _held(referral)
        if row.state in (Turn.CLOSED, Turn.REFUSED):
            raise DeskRefused(phrases.REFERRAL_OVER)
        was_told = row.state in (Turn.ASKED, *ANSWERS)
        before, row.state, row.closed_at = row.state, Turn.CLOSED, at
        row.save(update_fields=["state", "closed_at"])
        outbox.move(about=row, at=at, ladder=LADDER)
        _journal("close_referral", row, before, by, at)
        if was_told:
            tell_holders("desk.useful", row.project, about=row, at=at)
    return row


def rate_referral(*, referral: Referral, usefulness: Usefulness, at: datetime, by: User | None) -> Referral:
    """Did it help? The last word counts. Raises DeskRefused while it is not over."""
    with transaction.atomic():
        row = _held(referral)
        if row.state != Turn.CLOSED:
            raise DeskRefused(phrases.RATE_LATER)
        if row.usefulness != usefulness:
            before, row.usefulness = row.usefulness, usefulness
            row.save(update_fields=["usefulness"])
            changes = {"referral": [row.pk, row.pk], "usefulness": [before, str(usefulness)]}
            journal(verb="rate_referral", target=row.project, changes=changes, by=by, at=at)
    return row


def _held(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("project__adviser", "partner")
    return rows.get(pk=referral.pk)


def _journal(verb: str, referral: Referral, before: Turn | str | None, by: User | None, at: datetime) -> None:
    changes = {"referral": [referral.pk, referral.pk], "state": [before and str(before), str(referral.state)]}
    journal(verb=verb, target=referral.project, changes=changes, by=by, at=at)
