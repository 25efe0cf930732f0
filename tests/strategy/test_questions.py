"""Inhabitants ask about a measure; the answer is public, who asked is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.accounts.enums import Role
from maillage.accounts.strangers import signed_moment
from maillage.kernel.actions import load_values, purge
from maillage.kernel.models import JournalEntry
from maillage.strategy import actions
from maillage.strategy.enums import Asking
from maillage.strategy.models import Question
from tests.accounts.people import holder
from tests.factories import AT
from tests.space.people import a_minute_ago
from tests.space.world import leave, links_in
from tests.strategy.world import plan

pytestmark = pytest.mark.django_db
ADDRESS = "chloe@exemple.test"
WORDS = "Qui me reçoit, et où ?"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def asked() -> Question:
    question = actions.ask_question(measure=plan(), text=WORDS, email=ADDRESS, at=AT)
    return actions.confirm_question(question=question, at=AT)


def test_a_question_is_asked_confirmed_answered_and_published(client: Client) -> None:
    measure = plan()
    agent = holder(Role.AGENT)
    actions.steer_measure(measure=measure, facts={"owner": agent}, by=None, at=AT, must_be_as_seen=False)
    with time_machine.travel(AT, tick=False):
        answer = client.post("/strategie/1.1/question/", {"text": WORDS, "email": ADDRESS, "seen": a_minute_ago()})
        assert "Regardez votre courriel" in answer.content.decode()
        (letter,) = leave(AT)
        path = links_in(letter)["Poser ma question"]
        assert WORDS in client.get(path).content.decode()
        assert Question.objects.get().state == Asking.WRITTEN
        client.post(path)
        assert Question.objects.get().state == Asking.OPEN
        assert WORDS not in client.get("/strategie/1.1/").content.decode()
        actions.answer_question(question=Question.objects.get(), answer="Bruno, à Péronne.", by=agent, at=AT)
        told = leave(AT + timedelta(days=1))
    assert [ADDRESS] in [one.to for one in told]
    cache.clear()
    page = client.get("/strategie/1.1/").content.decode()
    assert WORDS in page
    assert "Bruno, à Péronne." in page
    assert ADDRESS not in page
    journal = str(list(JournalEntry.objects.values()))
    assert ADDRESS not in journal
    assert "reçoit" not in journal


@pytest.mark.parametrize(("typed", "said"), [
    ({"text": "", "email": ADDRESS}, "Écrivez votre question"),
    ({"text": WORDS, "email": "pas une adresse"}, "adresse"),
    ({"text": "x" * 601, "email": ADDRESS}, "600"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(client: Client, typed: dict[str, str], said: str) -> None:
    plan()
    answer = client.post("/strategie/1.1/question/", {**typed, "seen": a_minute_ago()})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Question.objects.exists()


def test_machines_are_thanked_and_not_heard(client: Client) -> None:
    plan()
    typed = {"text": WORDS, "email": ADDRESS}
    assert client.post("/strategie/1.1/question/", {**typed, "fax": "1", "seen": a_minute_ago()}).status_code == 200
    assert client.post("/strategie/1.1/question/", {**typed, "seen": signed_moment()}).status_code == 422
    assert not Question.objects.exists()


def test_a_question_is_confirmed_once() -> None:
    question = asked()
    with pytest.raises(actions.SteeringRefused):
        actions.confirm_question(question=question, at=AT)
    assert JournalEntry.objects.filter(verb="ask").count() == 1


def test_an_answer_needs_words_and_a_confirmed_question() -> None:
    agent = holder(Role.AGENT)
    question = actions.ask_question(measure=plan(), text=WORDS, email=ADDRESS, at=AT)
    with pytest.raises(actions.SteeringRefused):
        actions.answer_question(question=question, answer="Oui.", by=agent, at=AT)
    actions.confirm_question(question=question, at=AT)
    with pytest.raises(actions.SteeringRefused):
        actions.set_aside_question(question=question, reason=" ", by=agent, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.update(state=Asking.ANSWERED)


def test_a_corrected_answer_sends_no_second_letter() -> None:
    agent, question = holder(Role.AGENT), asked()
    actions.answer_question(question=question, answer="Oui.", by=agent, at=AT)
    leave(AT)
    kept = actions.answer_question(question=question, answer="Oui, toujours.", by=agent, at=AT + timedelta(days=1))
    assert (kept.answered_at, leave(AT + timedelta(days=2))) == (AT, [])


def test_what_is_set_aside_is_told_to_its_writer_only(client: Client) -> None:
    question = asked()
    leave(AT)
    actions.set_aside_question(question=question, reason="Cela nomme une voisine.", by=holder(Role.AGENT), at=AT)
    (letter,) = leave(AT)
    assert "Cela nomme une voisine." in str(letter.body)
    assert WORDS not in client.get("/strategie/1.1/").content.decode()


def test_the_address_is_forgotten_after_its_term() -> None:
    question = asked()
    load_values()
    purge(at=AT + timedelta(days=300))
    question.refresh_from_db()
    assert question.email == ADDRESS
    purge(at=AT + timedelta(days=400))
    question.refresh_from_db()
    assert (question.email, question.text) == ("", WORDS)


@pytest.mark.usefixtures("wagtail_roots")
def test_the_team_reads_and_answers(client: Client) -> None:
    question = asked()
    client.force_login(holder(Role.AGENT))
    assert WORDS in client.get("/gestion/strategie/questions/").content.decode()
    page = f"/gestion/strategie/questions/{question.pk}/"
    assert client.post(page, {"outcome": "answer", "answer": ""}).status_code == 422
    assert client.post(page, {"outcome": "answer", "answer": "Bruno."}).status_code == 302
    assert WORDS in client.get("/gestion/strategie/questions/?etat=answered").content.decode()
    cache.clear()
    assert "Bruno." in Client().get("/strategie/1.1/questions/").content.decode()
