"""The room in a real browser: a phone, a desk, and nothing that axe calls wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.governance import actions
from maillage.governance.models import Body, Meeting
from maillage.needs import actions as needs
from tests.accounts.people import holder
from tests.browser.fixtures import DESK, PHONE, Axe, Visit, let_in, overflow
from tests.factories import person
from tests.governance.world import AT, announced, collective, held, member, minuted
from tests.needs.world import published, theme_of

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip


@pytest.fixture
def world() -> tuple[Body, Meeting, Meeting]:
    """A body with its member, a meeting to come, one with validated minutes."""
    one = collective(quorum_percent=50)
    user = person("alice@exemple.test")
    alice = member(one, name="Alice Exemple")
    actions.agree_to_be_named(member=alice, agrees=True, by=user, at=AT)
    past = minuted(one, alice, title="Rencontre passée")
    item = past.items.first()
    day = timezone.localdate() + timedelta(days=9)
    actions.decide(meeting=past, item=item, text="La charte est adoptée.", by=None, at=AT)
    actions.entrust(meeting=past, item=item, text="Écrire aux mairies", owner=alice, due_date=day, by=None, at=AT)
    actions.validate_minutes(meeting=past, by=None, at=AT)
    coming = announced(one, days=(day - AT.date()).days)
    actions.add_item(meeting=coming, title="Le vélo", at=AT)
    return one, past, coming


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_that_axe_calls_wrong_and_nothing_sticks_out(
    visit: Visit, axe: Axe, world: tuple[Body, Meeting, Meeting], width: int
) -> None:
    one, past, coming = world
    need, gathered = published("Un café associatif."), theme_of([published()])
    page = visit("/instances/", width=width)
    home, faults = page.url.removesuffix("/instances/"), {}

    def look(*paths: str) -> None:
        for path in paths:
            page.goto(home + path)
            for each in page.locator("details").all():
                each.evaluate("one => { one.open = true }")
            if found := overflow(page) + axe(page):
                faults[path] = found

    look("/instances/", one.get_absolute_url(), f"{one.get_absolute_url()}rejoindre/", past.get_absolute_url(),
         coming.get_absolute_url(), f"{coming.get_absolute_url()}presence/")  # fmt: skip
    let_in(page, User.objects.get(email="alice@exemple.test"))
    look("/moi/instances/", f"/moi/reunions/{coming.pk}/", f"/moi/reunions/{past.pk}/")
    needs.put_to_vote(theme=gathered, address="", at=timezone.now())
    let_in(page, User.objects.get(email="agent@exemple.test"))
    office = "/gestion/instances/"
    look(office, f"{office}nouvelle/", f"{office}{one.pk}/", f"{office}{one.pk}/reunions/",
         f"{office}reunions/{coming.pk}/", f"{office}reunions/{past.pk}/", f"{office}ateliers/themes/{gathered.pk}/",
         f"{office}ateliers/besoins/{need.pk}/", f"/gestion/besoins/themes/{gathered.pk}/",
         f"/gestion/besoins/{need.pk}/")  # fmt: skip
    assert faults == {}


def test_minutes_save_themselves_while_one_types(visit: Visit) -> None:
    one = collective()
    done = held(one, member(one))
    point = actions.add_item(meeting=done, title="La charte", at=AT)
    agent = holder(Role.AGENT)
    page = visit("/contact/", width=PHONE, quiet=False)
    let_in(page, agent)
    page.goto(page.url.replace("/contact/", f"/gestion/instances/reunions/{done.pk}/"))
    field, state = page.locator(f"#minutes-{point.pk}-minutes"), page.locator(f"#point-{point.pk} [role=status]")
    field.press_sequentially("On a parlé ", delay=40)
    state.get_by_text("Enregistré à").wait_for()
    field.press_sequentially("du vélo.", delay=40)  # the place of the cursor is where it was
    page.wait_for_timeout(2_500)
    page.reload()
    assert field.input_value() == "On a parlé du vélo."
    actions.write_minutes(item=point, text="Une collègue l’a écrit.", by=None, at=timezone.now())
    field.press("Control+End")
    field.press_sequentially(" Et du train.", delay=40)
    state.get_by_text("Pas enregistré.").wait_for()
    assert field.input_value() == "On a parlé du vélo. Et du train."
    point.refresh_from_db()
    assert point.minutes == "Une collègue l’a écrit."
    field.press("Tab")  # what one leaves is saved at once: let that answer come before the button asks
    page.wait_for_timeout(1_500)
    page.get_by_role("button", name="Enregistrer ce point : La charte").press("Enter")
    page.get_by_text("Ce point dit aujourd’hui").wait_for()
    assert field.input_value() == "On a parlé du vélo. Et du train."
    # The session ends in another tab: the words stay here, and a sentence says what to do.
    page.goto(page.url.replace(f"points/{point.pk}/compte-rendu/", f"reunions/{done.pk}/"))
    page.context.clear_cookies(name="session")
    field.press_sequentially("Encore. ", delay=40)
    page.get_by_role("link", name="Connectez-vous dans un nouvel onglet").wait_for()
    assert "Encore." in field.input_value()


def test_without_script_no_empty_bar_lies_over_the_back_office(
    visit: Visit, world: tuple[Body, Meeting, Meeting]
) -> None:
    page = visit("/", width=PHONE, javascript=False)
    let_in(page, holder(Role.AGENT))
    page.goto(f"{page.url.rstrip('/')}/gestion/instances/")
    heading = page.get_by_role("heading", name="Instances", level=1)
    assert heading.count() == 1
    assert not page.locator("#wagtail-sidebar").is_visible()
