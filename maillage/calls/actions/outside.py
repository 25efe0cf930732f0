"""Ask somebody outside the jury what they think of an application; they answer from a letter, without an account.

Words: *parts* and *files* are all that they may read of it. Neighbours: `notices.outside` writes to them,
`views.outside` reads their answer, `queries.outside` says what is shown to whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import terms
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.actions.seen import hold, require_state
from maillage.calls.enums import EXAMINED, OutsideSense, SharedPart
from maillage.calls.models import Application, AppliedFile, OutsideOpinion, Recusal
from maillage.calls.phrases import outside as phrases
from maillage.calls.queries.own import people_of
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox
from ui import french


@dataclass(frozen=True)
class Asked:
    """What is asked of whom. due_on: Paris date; parts: values of SharedPart; files: of the application."""

    name: str
    email: str
    question: str
    due_on: date
    parts: Sequence[str] = ()
    files: Sequence[AppliedFile] = ()


def ask_outside(*, application: Application, asked: Asked, by: User, at: datetime) -> OutsideOpinion:
    """Ask by letter; its link shows what is shared, and nothing else. Raises CallRefused.

    Refused: nothing shared, a day that is past or too far, an application that is not examined any more, an address
    that is asked already, that holds the application, or that stays away from it.
    """
    _check(asked, timezone.localdate(at))
    email = asked.email.strip().lower()
    try:
        with transaction.atomic():
            row = hold(application, by=by)
            require_state(row, EXAMINED, phrases.NOT_EXAMINED)
            _check_reader(row, email)
            if any(one.application_id != row.pk for one in asked.files):
                raise CallRefused(phrases.NOT_ITS_FILE, "documents")
            made = OutsideOpinion.objects.create(
                application=row, name=asked.name.strip()[:150], email=email, question=asked.question.strip(),
                parts=list(asked.parts), due_on=asked.due_on, asked_at=at, asked_by=by,
            )  # fmt: skip
            made.files.set(asked.files)
            shared = {"parts": [None, list(asked.parts)], "files": [None, [one.pk for one in asked.files]]}
            journal(verb="ask_outside", target=row, changes={"outside": [None, made.pk], **shared}, by=by, at=at)
            outbox.post(kind="calls.outside", to=email, about=made, at=at)
    except IntegrityError as error:
        raise CallRefused(phrases.ASKED_ALREADY, "email") from error
    return made


def _check(asked: Asked, today: date) -> None:
    if not asked.name.strip():
        raise CallRefused(phrases.SAY_WHO, "name")
    if not asked.question.strip():
        raise CallRefused(phrases.SAY_QUESTION, "question")
    if not asked.parts and not asked.files:
        raise CallRefused(phrases.SHARE_SOMETHING, "parts")
    if not set(asked.parts) <= set(SharedPart.values):
        raise CallRefused(phrases.NOT_A_PART, "parts")
    last = today + timedelta(days=terms.review("outside_days", today))
    if asked.due_on <= today:
        raise CallRefused(phrases.DUE_PAST, "due_on")
    if asked.due_on > last:
        raise CallRefused(phrases.DUE_TOO_FAR.format(last=french.day(last)), "due_on")


def _check_reader(row: Application, email: str) -> None:
    if Recusal.objects.filter(application=row, user__email__iexact=email).exists():
        raise CallRefused(phrases.STAYS_AWAY, "email")
    if any(one.email.lower() == email for one in people_of(row)):
        raise CallRefused(phrases.HOLDS_IT, "email")


def answer_outside(
    *, opinion: OutsideOpinion, words: str, sense: OutsideSense | None, at: datetime
) -> OutsideOpinion:  # fmt: skip
    """What they think, from the link of their letter; whoever asked is told. Raises CallRefused: said, or over."""
    with transaction.atomic():
        row = _say(opinion, words, sense, by=None, at=at)
        changes = {"outside": [opinion.pk, opinion.pk], "sense": [None, opinion.sense]}
        journal(verb="answer_outside", target=row, changes=changes, by=None, at=at, actor_label=phrases.BY_LETTER)
        if opinion.asked_by is not None:
            outbox.post(kind="calls.outside_said", to=opinion.asked_by, about=opinion, at=at)
    return opinion


def note_outside(
    *, opinion: OutsideOpinion, words: str, sense: OutsideSense | None, by: User, at: datetime
) -> OutsideOpinion:  # fmt: skip
    """What they said by telephone, written down by the team; their link ends, and a letter lets them correct it.

    Raises CallRefused: said, or over, or this person stays away.
    """
    with transaction.atomic():
        row = _say(opinion, words, sense, by=by, at=at)
        changes = {"outside": [opinion.pk, opinion.pk], "sense": [None, opinion.sense]}
        journal(verb="note_outside", target=row, changes=changes, by=by, at=at)
        if opinion.email:
            outbox.post(kind="calls.outside_noted", to=opinion.email, about=opinion, at=at)
    return opinion


def _say(
    opinion: OutsideOpinion, words: str, sense: OutsideSense | None, *, by: User | None, at: datetime
) -> Application:  # fmt: skip
    """The opinion is given, once; its application, held. by: of the team, who writes it for them."""
    if not words.strip():
        raise CallRefused(phrases.SAY_WORDS, "words")
    row = hold(opinion.application, by=by)
    require_state(row, EXAMINED, phrases.OVER)
    waiting = OutsideOpinion.objects.filter(pk=opinion.pk, answered_at=None, withdrawn_at=None)
    if not waiting.update(words=words.strip()[:4_000], sense=sense or "", answered_at=at, noted_by=by):
        raise CallRefused(phrases.OVER)
    opinion.refresh_from_db()
    _end(opinion, at)
    return row


def withdraw_outside(*, opinion: OutsideOpinion, by: User, at: datetime) -> OutsideOpinion:
    """Wait for it no more: its links end, and the person is told. Raises CallRefused when it was given, or over."""
    with transaction.atomic():
        row = hold(opinion.application, by=by)
        waiting = OutsideOpinion.objects.filter(pk=opinion.pk, answered_at=None, withdrawn_at=None)
        if not waiting.update(withdrawn_at=at):
            raise CallRefused(phrases.ANSWERED)
        opinion.refresh_from_db()
        _end(opinion, at)
        journal(verb="withdraw_outside", target=row, changes={"outside": [opinion.pk, None]}, by=by, at=at)
        if opinion.email:
            outbox.post(kind="calls.outside_withdrawn", to=opinion.email, about=opinion, at=at)
    return opinion


def note_shared_reading(*, file: AppliedFile, at: datetime) -> None:
    """Write down that somebody outside took a document that was shared with them."""
    journal(verb="read_file", target=file, changes={}, by=None, at=at, actor_label=phrases.BY_LETTER)


def remind_outside(*, at: datetime) -> int:
    """Write once some days before the day; once it is past, ask the agent to telephone. How many letters."""
    today = timezone.localdate(at)
    soon = today + timedelta(days=terms.review("outside_reminder_days", today))
    rows = OutsideOpinion.objects.filter(
        answered_at=None, withdrawn_at=None, application__state__in=EXAMINED
    ).select_related("asked_by").order_by("pk")  # fmt: skip
    for one in rows.filter(due_on__lt=today):
        outbox.open_to_do(title=phrases.CALL, about=one, owner=one.asked_by, at=at, once_key=_key(one))
    told = 0
    for one in rows.filter(reminded_at=None, due_on__gte=today, due_on__lte=soon).exclude(email=""):
        with transaction.atomic():
            waiting = OutsideOpinion.objects.filter(pk=one.pk, answered_at=None, withdrawn_at=None, reminded_at=None)
            if waiting.update(reminded_at=at):
                outbox.post(kind="calls.outside_due", to=one.email, about=one, at=at)
                told += 1
    return told


def stop_waiting(application: Application, *, at: datetime) -> None:
    """It is not examined any more: nobody telephones for an opinion that would change nothing."""
    for one in application.outside_opinions.filter(answered_at=None, withdrawn_at=None).order_by("pk"):
        _end(one, at)


def _end(opinion: OutsideOpinion, at: datetime) -> None:
    outbox.close_to_dos(about=opinion, asked=[_key(opinion)], note=phrases.CLOSED, at=at)


def _key(opinion: OutsideOpinion) -> str:
    return f"calls:outside:{opinion.pk}"
