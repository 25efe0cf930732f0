"""The room in a real browser: a phone, a desk, and nothing that axe calls wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.governance import actions
from maillage.governance.models import Body, Meeting
from tests.accounts.people import holder
from tests.browser.fixtures import DESK, PHONE, Axe, Theme, Visit, let_in, overflow
from tests.factories import person
from tests.governance.world import AT, announced, collective, member, minuted

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


@pytest.mark.parametrize(("width", "theme"), [(PHONE, "light"), (DESK, "dark")])
def test_nothing_that_axe_calls_wrong_and_nothing_sticks_out(
    visit: Visit, axe: Axe, world: tuple[Body, Meeting, Meeting], width: int, theme: Theme
) -> None:
    one, past, coming = world
    page = visit("/instances/", width=width, theme=theme)
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
    let_in(page, holder(Role.AGENT))
    office = "/gestion/instances/"
    look(office, f"{office}nouvelle/", f"{office}{one.pk}/", f"{office}{one.pk}/reunions/",
         f"{office}reunions/{coming.pk}/", f"{office}reunions/{past.pk}/")  # fmt: skip
    assert faults == {}
