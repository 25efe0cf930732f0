"""An inhabitant looks at the map: with a mouse, with a keyboard, on a phone, without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.fixtures import PHONE, Axe, Visit, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
WATCH = "addEventListener('securitypolicyviolation', event => (window.breaches ??= []).push(event.violatedDirective))"


def number_in(page: Page, selector: str) -> int:
    return int(re.sub(r"\D", "", page.locator(selector).inner_text().split("structure")[0]))


def at_rest(page: Page) -> None:
    """The tiles are drawn and the list has followed."""
    # wait_for_function evaluates a string, which the page's own policy forbids: an attribute is waited for.
    page.locator("territory-map[data-drawn]").wait_for(state="attached")
    expect(page.locator("#map-panel-title")).to_contain_text("dans cette vue")
    page.wait_for_load_state("networkidle")


def drawn_count(page: Page) -> int:
    """How many organisations the symbols stand for, those just out of the frame included."""
    counted: int = page.evaluate(
        "[...document.querySelector('territory-map').symbols.values()].reduce((sum, {cell}) => sum + cell.count, 0)"
    )
    return counted


def test_the_map_shows_all_that_the_list_counts_and_keeps_the_strict_policy(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/annuaire/")
    listed = number_in(page, "#resultats")
    page.context.add_init_script(WATCH)
    page.goto(f"{seeded.url}/carte/")
    at_rest(page)
    assert number_in(page, "#map-total") == listed
    assert number_in(page, "#map-panel-title") <= listed
    symbol = page.locator(".map-group").first
    symbol.click()
    at_rest(page)
    page.locator(".map-row-show").first.click()
    expect(page.locator(".leaflet-popup h3 a")).to_be_visible()
    assert page.locator(".map-epci").count() == 3
    assert page.evaluate("window.breaches ?? []") == []


def test_moving_asks_for_nothing_twice(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/carte/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    at_rest(page)
    for press in ("in", "out", "in", "out"):
        page.locator(f"[data-map={press}]").click()
        page.wait_for_timeout(700)
        page.wait_for_load_state("networkidle")
    tiles = [address for address in asked if "/tuiles/" in address]
    assert tiles
    assert len(tiles) == len(set(tiles))


def test_the_keyboard_alone_moves_zooms_opens_and_closes(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/carte/")
    at_rest(page)
    canvas = page.locator(".map-canvas")
    canvas.focus()
    before = page.evaluate("location.hash")
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile(re.escape(before) + "$"))
    page.keyboard.press("+")
    page.wait_for_timeout(700)
    assert page.evaluate("document.querySelector('territory-map').map.getZoom()") > float(
        before.split("=")[1].split("/")[0]
    )
    page.locator("[data-map=home]").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)
    at_rest(page)
    show = page.locator(".map-row-show").first
    show.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup h3 a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    symbol = page.locator(".map-one, .map-group").first
    symbol.focus()
    label = symbol.get_attribute("aria-label") or ""
    assert "structure" in label
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)
    # Whatever opened or vanished, the keyboard is still in the map.
    assert page.evaluate("document.querySelector('territory-map').contains(document.activeElement)")


def test_the_list_in_view_follows_says_how_many_and_leads_to_the_list(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/carte/")
    at_rest(page)
    everything = number_in(page, "#map-panel-title")
    for _ in range(3):
        page.locator("[data-map=in]").click()
        page.wait_for_timeout(700)
    at_rest(page)
    page.wait_for_timeout(600)
    here = number_in(page, "#map-panel-title")
    assert here < everything
    expect(page.locator(".map-status")).to_contain_text("dans cette vue")
    assert drawn_count(page) >= here
    if here:
        page.get_by_role("link", name="Chercher dans cette zone").click()
        expect(page.locator("#resultats")).to_be_visible()
        assert number_in(page, "#resultats") == here


def test_a_filtered_map_and_its_list_count_the_same(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/carte/?famille=association&q=jardin")
    at_rest(page)
    found = number_in(page, "#map-total")
    page.get_by_role("link", name="Voir en liste").click()
    expect(page.locator("#resultats")).to_be_visible()
    assert number_in(page, "#resultats") == found


def test_on_a_phone_the_buttons_are_large_and_nothing_sticks_out(seeded: LiveServer, visit: Visit, axe: Axe) -> None:
    page = visit("/carte/", width=PHONE, theme="dark")
    at_rest(page)
    assert overflow(page) == []
    sizes = page.locator(".map button, .map-one, .map-group, .map-row-show").evaluate_all(
        "all => all.map(one => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height))"
    )
    assert min(sizes) >= 24
    page.locator(".map-row-show").first.click()
    expect(page.locator(".leaflet-popup h3 a")).to_be_visible()
    assert axe(page) == []


def test_without_script_the_drawn_communes_lead_to_their_lists(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/carte/", javascript=False)
    commune = page.locator(".map-drawing svg a").first
    count = int(re.sub(r"\D", "", (commune.locator("title").text_content() or "").split(":")[1]))
    page.goto(seeded.url + (commune.get_attribute("href") or ""))
    assert number_in(page, "#resultats") == count


def test_the_first_visit_weighs_little_and_the_next_ones_almost_nothing(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/carte/")
    at_rest(page)
    ours = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => /tuiles|contours|vue/.test(one.name))"
        ".reduce((sum, one) => sum + one.encodedBodySize, 0)"
    )
    assert 0 < ours < 60_000
    page.reload()
    at_rest(page)
    again = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => /tuiles|contours/.test(one.name))"
        ".reduce((sum, one) => sum + one.transferSize, 0)"
    )
    assert again == 0
