"""An inhabitant reads the strategy, asks a question about one measure, and reads the answer on its page; no script."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.models import User
from maillage.strategy import actions
from maillage.strategy.enums import Asking
from maillage.strategy.models import Measure, Question
from tests.browser.fixtures import PHONE, Visit
from tests.journeys.test_by_letters import title, write
from tests.journeys.walking import Walk, empty_the_tray

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
ODILE = "odile@exemple.test"
WORDS = "Le guichet vient-il aussi à Nesle ?"
ANSWER = "Oui, le premier jeudi du mois, à la mairie."


def test_an_inhabitant_reads_a_measure_asks_and_finds_the_answer_there(lived_in: LiveServer, visit: Visit) -> None:
    measure = Measure.objects.get(code="2.1")
    empty_the_tray()
    page = visit("/strategie/", width=PHONE, javascript=False)
    walk = Walk(page)
    walk.reads("à lire en deux minutes", "Où en est-on ?")
    walk.link(measure.title)
    walk.reads("Les étapes", "Portée par", "Faut-il déjà avoir une association")

    # Asked with an address that its letter confirms; nothing of it is shown before an answer.
    walk.link("Poser une question")
    write(page, "Votre question", WORDS)
    write(page, "Votre adresse électronique", ODILE)
    page.wait_for_timeout(2_100)  # a person takes longer than a machine
    walk.button("Continuer")
    expect(title(page)).to_have_text("Regardez votre courriel")
    walk.letter("Confirmez votre question", ODILE)
    walk.follow("Poser ma question")
    walk.button("Poser cette question")
    expect(title(page)).to_have_text("Votre question est posée")
    question = Question.objects.get(text=WORDS)
    assert question.state == Asking.OPEN
    walk.link("Revenir à la mesure")
    expect(page.get_by_text(WORDS)).to_have_count(0)

    # The answer comes by letter, which leads to where everybody reads it.
    bruno = User.objects.get(email="bruno@exemple.maillage.test")
    actions.answer_question(question=question, answer=ANSWER, by=bruno, at=timezone.now())
    walk.letter("Votre question a sa réponse", ODILE)
    expect(page.locator("pre.letter-text")).to_contain_text(ANSWER)
    walk.follow("Lire la page de la mesure")
    expect(title(page)).to_have_text(measure.title)
    walk.reads(WORDS, ANSWER)
    expect(page.get_by_text(ODILE)).to_have_count(0)
    assert len(walk.pages) <= 8, walk.pages
