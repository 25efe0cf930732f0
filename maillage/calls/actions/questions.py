"""Questions on a call: asked by anybody, answered in public so that every applicant knows as much."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.models import Call, CallQuestion
from maillage.calls.phrases import calls as phrases
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox

LONGEST_QUESTION = 500


def ask_about_call(*, call: Call, text: str, at: datetime, email: str = "") -> CallQuestion:
    """Keep a question for the team; nobody else reads it before it is answered. Raises CallRefused."""
    said = text.strip()
    if not said or len(said) > LONGEST_QUESTION:
        raise CallRefused(phrases.NO_QUESTION, "text")
    if call.published_at is None:
        raise CallRefused(phrases.NOT_PUBLISHED)
    with transaction.atomic():
        made = CallQuestion.objects.create(call=call, text=said, email=email.strip().lower(), asked_at=at)
        journal(verb="ask_question", target=call, changes={"question": [None, made.pk]}, by=None, at=at)
    return made


def answer_about_call(*, question: CallQuestion, answer: str, by: User, at: datetime) -> CallQuestion:
    """Publish a question with its answer; whoever left an address reads it by letter, once. Raises CallRefused."""
    said = answer.strip()
    if not said:
        raise CallRefused(phrases.NO_ANSWER, "answer")
    with transaction.atomic():
        row = CallQuestion.objects.select_for_update(of=("self",)).select_related("call").get(pk=question.pk)
        is_first = row.answered_at is None
        row.answer, row.answered_at, row.answered_by, row.set_aside_at = said, at, by, None
        row.save(update_fields=["answer", "answered_at", "answered_by", "set_aside_at"])
        journal(verb="answer_question", target=row.call, changes={"question": [None, row.pk]}, by=by, at=at)
        if is_first and row.email:
            try:
                outbox.post(kind="calls.answer", to=row.email, about=row, at=at)
            except outbox.AddressRefused:  # a wrong address: the answer is public all the same
                return row
    return row


def set_question_aside(*, question: CallQuestion, by: User, at: datetime) -> CallQuestion:
    """Not for everybody: it leaves the list of what waits, and is not published."""
    with transaction.atomic():
        row = CallQuestion.objects.select_for_update(of=("self",)).select_related("call").get(pk=question.pk)
        row.set_aside_at = at
        row.save(update_fields=["set_aside_at"])
        journal(verb="set_question_aside", target=row.call, changes={"question": [row.pk, None]}, by=by, at=at)
    return row
