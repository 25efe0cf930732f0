"""Let inhabitants ask about a measure, and answer them in public.

Words: a question is *written*, then *open* once the address that was given confirmed it, then *answered* or *set
aside*, each with words that its writer receives. Neighbours: letters are in `notices`, the click in `clicks`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox
from maillage.strategy import phrases
from maillage.strategy.actions.steering import SteeringRefused
from maillage.strategy.enums import Asking
from maillage.strategy.models import Measure, Question


def ask_question(*, measure: Measure, text: str, email: str, at: datetime) -> Question:
    """Keep a question and ask the address to confirm it. Raises SteeringRefused when no letter can go there."""
    with transaction.atomic():
        question = Question.objects.create(measure=measure, text=text.strip(), email=email.strip().lower(), asked_at=at)
        try:
            outbox.post(kind="strategy.question_confirm", to=question.email, about=question, at=at)
        except outbox.AddressRefused as error:
            raise SteeringRefused(outbox.AddressRefused.phrase, "email") from error
    return question


def confirm_question(*, question: Question, at: datetime) -> Question:
    """The address answered: the question waits for the team, and who follows the measure is told.

    Raises SteeringRefused when it was confirmed before, or is gone.
    """
    with transaction.atomic():
        moved = Question.objects.filter(pk=question.pk, state=Asking.WRITTEN).update(state=Asking.OPEN)
        if not moved:
            raise SteeringRefused(phrases.QUESTION_CONFIRMED)
        kept = Question.objects.select_related("measure__owner").get(pk=question.pk)
        journal(verb="ask", target=kept.measure, changes={"question": [None, kept.pk]}, by=None, at=at)
        owner = kept.measure.owner
        if owner is not None and owner.is_active:
            outbox.post(kind="strategy.question_waiting", to=owner, about=kept, at=at)
    return kept


def answer_question(*, question: Question, answer: str, by: User, at: datetime) -> Question:
    """Publish the question with its answer, and write to who asked; again changes the answer without a letter.

    Raises SteeringRefused without words, or before its writer confirmed it.
    """
    return _close(question, Asking.ANSWERED, answer, by, at)


def set_aside_question(*, question: Question, reason: str, by: User, at: datetime) -> Question:
    """Do not publish it, and tell its writer why. Raises SteeringRefused without a reason, or when not confirmed."""
    return _close(question, Asking.SET_ASIDE, reason, by, at)


def _close(question: Question, state: Asking, words: str, by: User, at: datetime) -> Question:
    if not words.strip():
        raise SteeringRefused(phrases.NEEDS_WORDS, "answer")
    with transaction.atomic():
        kept = Question.objects.select_for_update(of=("self",)).select_related("measure").get(pk=question.pk)
        if kept.state == Asking.WRITTEN:
            raise SteeringRefused(phrases.NOT_CONFIRMED)
        if (kept.state, kept.answer) == (state, words.strip()):
            return kept
        is_same_turn = kept.state == state
        kept.state, kept.answer, kept.answered_by = state, words.strip(), by
        kept.answered_at = kept.answered_at if is_same_turn else at
        kept.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        verb = "answer" if state == Asking.ANSWERED else "set_question_aside"
        # Its words stay out of the journal: people write about people.
        journal(verb=verb, target=kept.measure, changes={"question": [kept.pk, state]}, by=by, at=at)
        if kept.email and not is_same_turn:
            outbox.post(kind="strategy.question_closed", to=kept.email, about=kept, at=at)
    return kept
