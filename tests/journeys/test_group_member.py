"""Somebody joins a working group with an address alone, chooses a date by letter, and then has a space of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.models import User
from maillage.governance import actions
from maillage.governance.models import Body, DateAnswer, Meeting
from tests.browser.fixtures import PHONE, Visit
from tests.journeys.test_by_letters import come_in, title, write
from tests.journeys.walking import Walk, empty_the_tray

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
NOUR = "nour@exemple.test"
GROUP = "Mobilité solidaire"


def two_dates() -> Meeting:
    """An agent looks for a date within a month."""
    now = timezone.now()
    days = [(now + timedelta(days=days), now + timedelta(days=days, hours=2)) for days in (14, 21)]
    bruno = User.objects.get(email="bruno@exemple.maillage.test")
    facts = {"title": "Deuxième séance", "place": "Ham", "is_public": True}
    return actions.propose_dates(body=Body.objects.get(name=GROUP), facts=facts, options=days, by=bruno, at=now)


def test_somebody_joins_a_group_chooses_a_date_and_proposes_a_point_without_a_password(
    lived_in: LiveServer, visit: Visit
) -> None:
    empty_the_tray()
    page = visit("/participer/", width=PHONE, javascript=False)
    walk = Walk(page)

    # Found from the page of ways to take part; joined by an address that its letter confirms.
    walk.link("Rejoindre un groupe")
    walk.link(GROUP)
    walk.link("Rejoindre")
    write(page, "Votre nom", "Nour Exemple")
    write(page, "Votre adresse électronique", NOUR)
    page.wait_for_timeout(2_100)  # a person takes longer than a machine
    walk.button("Recevoir la lettre de confirmation")
    walk.letter("Confirmez votre entrée", NOUR)
    walk.follow("Rejoindre")
    walk.button("Rejoindre")
    expect(title(page)).to_have_text(f"Bienvenue dans « {GROUP} »")
    member = Body.objects.get(name=GROUP).members.get(email=NOUR)

    # The date, from the letter.
    meeting = two_dates()
    walk.letter(f"« {GROUP} » : quelle date", NOUR)
    walk.follow("Répondre")
    groups = page.locator("main form fieldset")
    expect(groups).to_have_count(2)
    for rank, answer in enumerate(("Oui", "S’il le faut")):
        groups.nth(rank).get_by_label(answer).focus()
        page.keyboard.press("Space")
    walk.button("Envoyer mes réponses")
    expect(title(page)).to_have_text("Merci, c’est noté")
    said = DateAnswer.objects.filter(member=member, option__meeting=meeting).order_by("option__starts_at")
    assert [one.answer for one in said] == ["yes", "if_needed"]

    # The invitation, answered from the letter too.
    actions.fix_date(option=said[0].option, by=None, at=timezone.now())
    walk.letter("Réunion : Deuxième séance", NOUR)
    walk.follow("Je viens")
    walk.button("Je viens")
    expect(title(page)).to_have_text("Merci, à bientôt")

    # The minutes of the last meeting, which everybody reads.
    walk.link("Voir la réunion")
    walk.link(GROUP)
    walk.link(f"Groupe « {GROUP} », première séance")
    walk.reads("Ce qui s’est dit", "On a listé ce qui existe déjà dans les villages.")


def test_a_member_with_an_account_proposes_a_point_and_keeps_the_minutes(lived_in: LiveServer, visit: Visit) -> None:
    now = timezone.now()
    body = Body.objects.get(name=GROUP)
    facts = {"title": "Deuxième séance", "place": "Ham", "is_public": True}
    meeting = actions.announce_meeting(
        body=body, facts=facts, starts_at=now + timedelta(days=14), ends_at=now + timedelta(days=14, hours=2), by=None,
        at=now,
    )  # fmt: skip
    empty_the_tray()
    page = visit("/boite-aux-lettres/", width=PHONE)
    walk = Walk(page)
    come_in(page, "ines@exemple.maillage.test")
    walk.link("Deuxième séance")
    write(page, "Un point à l’ordre du jour", "Un minibus le mercredi")
    walk.button("Proposer ce point")
    walk.reads("Le point est proposé", "Un minibus le mercredi")
    assert meeting.items.filter(title="Un minibus le mercredi").exists()
    walk.link("Mes instances")
    walk.link(f"Groupe « {GROUP} », première séance")
    walk.reads("On a listé ce qui existe déjà dans les villages.")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Le même, à modifier (ODT)").click()
    assert kept.value.path().read_bytes().startswith(b"PK")
