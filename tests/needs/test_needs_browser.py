"""The pages of needs in a real browser: nothing that axe finds, nothing that sticks out; one joins while typing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate
from maillage.needs import actions
from maillage.needs.models import Voice
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, let_in, overflow
from tests.factories import person, small_territory
from tests.needs.world import AT, CHLOE, agent, joined, published, said, theme_of, town

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip


def world() -> dict[str, str]:
    """{what it is: its public address}"""
    small_territory()
    need, other = published(commune=town(), email=CHLOE), published("Une navette vers la gare, sans voiture.")
    theme = theme_of([need])
    actions.settle(theme=theme, is_chosen=True, reason="Le plus demandé.", at=AT)
    return {
        "list": "/besoins/", "say": "/besoins/dire/", "need": need.get_absolute_url(),
        "alone": other.get_absolute_url(), "join": f"{other.get_absolute_url()}moi-aussi/",
        "theme": theme.get_absolute_url(), "unread": said("Un café.", commune=town()).get_absolute_url(),
    }  # fmt: skip


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(visit: Visit, axe: Axe, width: int) -> None:
    paths, faults = world(), dict[str, list[str]]()
    page = visit("/sante/vif", width=width)
    home = page.url.removesuffix("/sante/vif")
    for name, path in paths.items():
        page.goto(home + path)
        if found := overflow(page) + axe(page):
            faults[name] = found
    rachid = person("rachid@exemple.test")
    Mandate.objects.create(user=rachid, role=Role.LIAISON_OFFICER, epci=town().epci, start_date=AT.date())
    let_in(page, rachid)
    for path in ("/moi/besoins/", "/moi/"):
        page.goto(home + path)
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_screen_of_the_back_office_has_an_accessibility_fault(visit: Visit, axe: Axe, width: int) -> None:
    world()
    alone, new, theme = published("Une navette pour le marché."), said(), theme_of([], "Cafés")
    page = visit("/sante/vif", width=width)
    let_in(page, agent())
    home, faults = page.url.removesuffix("/sante/vif"), {}
    office = "/gestion/besoins/"
    paths = (
        "/gestion/", office, f"{office}?liste=publies", f"{office}{alone.pk}/", f"{office}{new.pk}/", f"{office}noter/",
        f"{office}themes/", f"{office}themes/{theme.pk}/",
    )  # fmt: skip
    for path in paths:
        page.goto(home + path)
        for one in page.locator("details").all():
            one.evaluate("each => { each.open = true }")
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}


def test_html_is_valid(client, html_validate: HtmlValidate) -> None:  # type: ignore[no-untyped-def]
    assert html_validate({name: client.get(path).content.decode() for name, path in world().items()}) == []


def test_while_one_types_others_appear_and_one_joins_them(visit: Visit) -> None:
    small_territory()
    need = published()
    joined(need, "lina@exemple.test")
    page = visit("/besoins/dire/", width=PHONE)
    page.get_by_label("Que manque-t-il").press_sequentially("Il n’y a pas de navette, et je n’ai pas de voiture")
    button = page.get_by_role("button", name="C’est aussi mon besoin")
    expect(button).to_be_visible()
    expect(page.get_by_text("2\u00a0personnes")).to_be_visible()
    page.get_by_label("Votre adresse électronique").fill(CHLOE)
    page.wait_for_timeout(2_100)  # a person takes longer than a machine
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci, vous êtes des leurs")
    assert Voice.objects.get(email=CHLOE).need == need
