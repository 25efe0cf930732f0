"""Just an idea, on a phone: from seven questions to the first step of the plan; a partner who only has letters."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.models import User
from maillage.desk.enums import Advice, Turn
from maillage.desk.models import Project
from maillage.desk.queries import proposals
from tests.browser.fixtures import DESK, PHONE, Visit
from tests.journeys.test_by_letters import come_in, title, write
from tests.journeys.walking import Walk, empty_the_tray

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
NOUR, FABRIQUE = "nour@exemple.test", "fabrique@exemple.maillage.test"
IDEA = "Un café où les anciens et les jeunes se croisent."


def test_an_idea_becomes_a_plan_and_a_partner_answers_without_an_account(lived_in: LiveServer, visit: Visit) -> None:
    empty_the_tray()
    page = visit("/guichet/", width=PHONE, javascript=False)
    walk = Walk(page)

    # Begun on the bus, finished at home.
    write(page, "Votre idée, votre projet", IDEA)
    write(page, "Votre adresse électronique", NOUR)
    page.wait_for_timeout(2_100)  # a person takes longer than a machine
    walk.button("Finir plus tard")
    walk.reads("C’est gardé")
    walk.letter("Votre demande vous attend", NOUR)
    walk.follow("Reprendre ma demande")
    expect(page.get_by_label("Votre idée, votre projet")).to_have_value(IDEA)
    write(page, "Votre nom", "Nour Exemple")
    page.wait_for_timeout(2_100)
    walk.button("Envoyer ma demande")
    expect(title(page)).to_have_text("Votre demande est arrivée")
    project = Project.objects.get(contacts__email=NOUR)
    walk.reads(project.reference, str(project.adviser))

    walk.letter("Votre demande est bien arrivée", NOUR)
    walk.follow("C’est bien moi, ouvrir mon dossier")
    walk.button("C’est bien moi")
    expect(title(page)).to_have_text("C’est noté")

    # The agent answers, proposes a step, and a partner that the platform found.
    desk = visit("/gestion/", width=DESK)
    come_in(desk, "bruno@exemple.maillage.test")
    office = Walk(desk)
    desk.goto(f"{lived_in.url}/gestion/guichet/")
    office.link(project.title)
    act(office, "Écrire à la personne", "Envoyer", words="Bonjour Nour, voyons-nous jeudi.")
    act(office, "Proposer une étape", "Proposer cette étape", title="Visiter un café associatif")
    found = next(one for one in proposals(project) if one.partner.email == FABRIQUE)
    desk.locator("#refer summary").click()
    desk.locator("#refer select[name=partner]").select_option(str(found.partner.pk))
    act(
        office,
        "",
        "Proposer à la personne",
        scope="refer",
        why="Elle aide au tout début.",
        shared="Un café est imaginé.",
    )

    # The holder answers from her letters, without signing in.
    walk.letter("À faire", NOUR)
    walk.follow("C’est en cours")
    walk.button("C’est en cours")
    assert project.recommendations.get().state == Advice.DOING
    walk.letter("Pouvons-nous parler de votre projet", NOUR)
    walk.reads("Un café est imaginé.")
    walk.follow("Je suis d’accord")
    walk.button("Je suis d’accord")

    # The partner never logs in, and reads nothing but what was agreed to.
    walk.letter("Un projet de votre ressort", FABRIQUE)
    walk.reads("Un café est imaginé.")
    assert NOUR not in page.content().replace(f'value="{NOUR}"', "")
    walk.follow("Je prends le relais")
    walk.button("Je prends le relais")
    expect(title(page)).to_have_text("Merci de votre réponse")
    assert project.referrals.get().state == Turn.TAKEN
    assert not User.objects.filter(email=FABRIQUE).exists()

    # What it all comes to, on her page.
    empty_the_tray()
    come_in(page, NOUR)
    page.goto(f"{lived_in.url}{project.get_absolute_url()}")
    walk.reads("Bonjour Nour, voyons-nous jeudi.", "Visiter un café associatif", "Le partenaire prend le relais")
    assert timezone.now().date() <= project.answer_by


def act(walk: Walk, folded: str, button: str, *, scope: str = "", **typed: str) -> None:
    """Open one act of a file, fill it in, send it."""
    place = walk.page.locator(f"#{scope}") if scope else walk.page.locator("details", has_text=folded).first
    if not scope:
        place.locator("summary").click()
    for name, words in typed.items():
        place.locator(f"[name={name}]").fill(words)
    with walk.page.expect_navigation():
        place.get_by_role("button", name=button).click()
    expect(walk.page.locator(".messages .success")).to_be_visible()
