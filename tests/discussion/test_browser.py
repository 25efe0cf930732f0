"""Circles and dialogues in a real browser: by keyboard on a phone, and nothing that axe calls wrong."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.discussion import actions
from maillage.discussion.enums import Side, ThreadKind
from maillage.discussion.models import Dialogue, Thread
from maillage.kernel.registry import circle_of
from tests.accounts.people import holder
from tests.browser.fixtures import DESK, PHONE, Axe, Visit, let_in, overflow
from tests.discussion.world import AT, document
from tests.factories import territory

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip


@pytest.fixture
def agent() -> User:
    return holder(Role.AGENT, first_name="Bruno", last_name="Exemple")


@pytest.fixture
def dialogue(agent: User) -> Dialogue:
    territory(siren="200000009")
    facts = {"title": "Se croiser", "question": "Quand ?", "form": "film", "state": "open"}
    made = actions.open_dialogue(facts=facts, by=agent, at=AT)
    actions.add_participant(dialogue=made, side=Side.SSE, name="Le Fil vert", by=agent, at=AT)
    actions.send_to_agenda(dialogue=made, body="Commission", meeting_date=date(2026, 11, 20), by=agent, at=AT)
    circle = circle_of(made.circle)
    assert circle is not None
    talk = actions.open_thread(
        circle=circle, title="Par quoi commencer ?", text="https://exemple.test", by=agent, at=AT
    )
    message = actions.say(thread=talk, text="De trop", by=agent, at=AT)
    actions.hide_message(message=message, reason="Hors sujet", by=agent, at=AT)
    actions.edit_message(message=talk.messages.earliest("pk"), text="Oui", seen_at=None, by=agent, at=AT)
    idea = actions.open_thread(
        circle=circle, title="Un camion", text="Un camion.", kind=ThreadKind.IDEA, by=agent, at=AT
    )
    actions.amend(thread=idea, text="Deux camions.", seen=1, why="Un ne suffit pas", by=agent, at=AT)
    kept = actions.add_file(circle=circle, name="Le kit", document=document(), by=agent, at=AT, is_public=True)
    actions.add_version(shared_file=kept, document=document("Autre"), by=agent, at=AT)
    return made


def test_on_a_phone_by_keyboard_somebody_says_something(visit: Visit, dialogue: Dialogue, agent: User) -> None:
    page = visit("/sante/vif", width=PHONE)
    let_in(page, agent)
    thread = Thread.objects.get(kind=ThreadKind.TALK)
    page.goto(page.url.removesuffix("/sante/vif") + thread.get_absolute_url())
    page.get_by_label("Votre message").fill("Par une visite.")
    page.get_by_role("button", name="Publier mon message").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Votre message est publié")).to_be_visible()
    expect(page.get_by_text("Par une visite.")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_is_wrong_for_axe_and_nothing_sticks_out(
    visit: Visit, axe: Axe, dialogue: Dialogue, width: int
) -> None:
    page = visit("/sante/vif", width=width)
    let_in(page, User.objects.get(first_name="Bruno"))
    home, faults = page.url.removesuffix("/sante/vif"), {}
    circle = f"/echanges/{dialogue.circle}/"
    talk, idea = Thread.objects.get(kind=ThreadKind.TALK), Thread.objects.get(kind=ThreadKind.IDEA)
    first = talk.messages.earliest("pk").pk
    for path in (
        "/dialogues/", dialogue.get_absolute_url(), circle, f"{circle}nouvelle-discussion/", f"{circle}nouvelle-idee/",
        talk.get_absolute_url(), idea.get_absolute_url(), f"{idea.get_absolute_url()}versions/",
        f"{idea.get_absolute_url()}amender/", f"{circle}messages/{first}/modifier/",
        f"{circle}messages/{first}/masquer/", f"{circle}fichiers/", f"{circle}fichiers/nouveau/",
        "/gestion/dialogues/", "/gestion/dialogues/nouveau/", f"/gestion/dialogues/{dialogue.pk}/",
    ):  # fmt: skip
        page.goto(home + path)
        for one in page.locator("details").all():
            one.evaluate("each => { each.open = true }")
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}
