"""Steering in a real browser: by keyboard on a phone, and nothing that axe calls wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from maillage.accounts.enums import Role
from maillage.strategy import actions
from maillage.strategy.models import Measure
from tests.accounts.people import holder
from tests.browser.fixtures import DESK, PHONE, Axe, Visit, let_in, overflow
from tests.factories import AT, territory
from tests.strategy.files import strategy_file

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip


@pytest.fixture
def measure() -> Measure:
    territory(siren="200000009")
    actions.load_strategy(document=strategy_file(), by=None, at=AT)
    found = Measure.objects.get(code="1.1")
    day = timezone.localdate() - timedelta(days=2)
    actions.add_step(measure=found, title="Inviter", by=None, at=AT, due_date=day)
    actions.tell_news(measure=found, text="Bonjour.", news_date=AT.date(), by=None, at=AT)
    return found


def test_on_a_phone_by_keyboard_a_step_is_done_and_the_public_page_says_so(visit: Visit, measure: Measure) -> None:
    page = visit("/sante/vif", width=PHONE)
    let_in(page, holder(Role.AGENT))
    home = page.url.removesuffix("/sante/vif")
    page.goto(f"{home}/gestion/strategie/mesures/{measure.pk}/")
    page.locator("summary", has_text="Inviter").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Faite aujourd’hui").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("L’étape est enregistrée")).to_be_visible()
    page.goto(home + measure.get_absolute_url())
    expect(page.get_by_text("1 étape faite sur 1")).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_steering_has_nothing_that_axe_calls_wrong(visit: Visit, axe: Axe, measure: Measure, width: int) -> None:
    page = visit("/sante/vif", width=width)
    let_in(page, holder(Role.AGENT))
    home, faults = page.url.removesuffix("/sante/vif"), {}
    for path in ("/gestion/", "/gestion/strategie/", f"/gestion/strategie/mesures/{measure.pk}/"):
        page.goto(home + path)
        for one in page.locator("details.office-step").all():
            one.evaluate("each => { each.open = true }")
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}
