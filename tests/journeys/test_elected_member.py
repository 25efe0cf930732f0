"""A month of an elected member on a phone: the strategy, an answer to a meeting and to an action, a vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.models import User
from maillage.choosing.models import Consultation, Elector
from maillage.governance import actions
from maillage.governance.enums import ActionState, Presence
from maillage.governance.models import Action, Attendance, Body, Meeting
from maillage.strategy.models import Measure
from tests.browser.fixtures import PHONE, Visit
from tests.journeys.test_by_letters import come_in, title
from tests.journeys.walking import Walk, empty_the_tray

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
EDITH = "edith@exemple.maillage.test"
PEER = "pascal@exemple.maillage.test"
DOZEN = 12


@dataclass(frozen=True)
class Month:
    """What waits for her: a committee to come, an action of the last one."""

    meeting: Meeting
    action: Action


def a_month_of_hers(now: datetime) -> Month:
    """She sits for one college with a peer; the committee meets in three weeks and entrusted something to her."""
    body = Body.objects.get(slug="le-comite-de-pilotage")
    bruno = User.objects.get(email="bruno@exemple.maillage.test")
    edith = body.members.get(email=EDITH)
    facts = {"name": "Pascal (exemple)", "college": edith.college, "since": timezone.localdate(now)}
    actions.admit_member(body=body, email=PEER, facts=facts, by=bruno, at=now)
    met = actions.announce_meeting(
        body=body, facts={"title": "Comité de l’été", "place": "Péronne"}, starts_at=now - timedelta(days=3, hours=2),
        ends_at=now - timedelta(days=3), by=bruno, at=now,
    )  # fmt: skip
    item = actions.add_item(meeting=met, title="Le guichet", by=bruno, at=now)
    actions.note_attendance(meeting=met, seen={edith: (Presence.PRESENT, None)}, by=bruno, at=now)
    actions.hold(meeting=met, by=bruno, at=now)
    for one in met.items.all():
        actions.write_minutes(item=one, text="On en a parlé.", by=bruno, at=now)
    entrusted = actions.entrust(
        meeting=met, item=item, text="Écrire aux trois communautés de communes", owner=edith,
        due_date=timezone.localdate(now) + timedelta(days=20), by=bruno, at=now,
    )  # fmt: skip
    actions.finish_minutes(meeting=met, by=bruno, at=now)
    actions.validate_minutes(meeting=met, by=bruno, at=now)
    coming = actions.announce_meeting(
        body=body, facts={"title": "Comité de l’automne", "place": "Péronne"}, starts_at=now + timedelta(days=21),
        ends_at=now + timedelta(days=21, hours=2), by=bruno, at=now,
    )  # fmt: skip
    return Month(coming, entrusted)


def test_a_month_of_an_elected_member_takes_at_most_a_dozen_pages(lived_in: LiveServer, visit: Visit) -> None:
    month = a_month_of_hers(timezone.now())
    late = Measure.objects.get(code="1.1")
    question = Consultation.objects.get(question__startswith="Dans quel ordre visiter").question
    empty_the_tray()
    page = visit("/boite-aux-lettres/", width=PHONE)
    walk = Walk(page)

    # An action that was entrusted to her, answered from its letter, without signing in.
    walk.letter("À faire", EDITH)
    walk.follow("C’est fait")
    expect(title(page)).to_contain_text("C’est fait")
    walk.button("Oui, c’est fait")
    expect(title(page)).to_contain_text("l’action est faite")
    month.action.refresh_from_db()
    assert month.action.state == ActionState.DONE

    # Her voice, from its letter too.
    walk.letter(question, EDITH)
    walk.follow("Voter")
    page.get_by_label("Rompre l’isolement").select_option(label="1")
    walk.button("Déposer mon bulletin")
    expect(title(page)).to_have_text("Votre bulletin est déposé")
    assert Elector.objects.get(consultation__question=question, user__email=EDITH).has_voted

    # She cannot come to the next meeting, and a member of her college speaks for her.
    come_in(page, EDITH)
    walk.link("Comité de l’automne")
    page.get_by_label("Je m’excuse").focus()
    page.keyboard.press("Space")
    page.get_by_label("Donner un pouvoir à").select_option(label="Pascal (exemple)")
    walk.button("Envoyer ma réponse")
    walk.reads("pouvoir à Pascal (exemple)")
    said = Attendance.objects.get(meeting=month.meeting, member__email=EDITH)
    assert said.presence == Presence.EXCUSED
    assert said.proxy_to is not None

    # What is late, and a measure of the strategy.
    walk.link("Mon espace")
    walk.link("mesure en retard")
    walk.reads("Ce qui doit bouger", "À Bruno (agent) d’agir")
    walk.link(late.title)
    walk.reads("Choisir ensemble la fréquence des rencontres", "Les étapes")

    assert len(walk.pages) <= DOZEN, walk.pages
    assert walk.presses <= DOZEN
