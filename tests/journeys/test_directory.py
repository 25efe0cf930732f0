"""Someone looks for an organisation: by keyboard alone on a narrow screen, and without script at both widths."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.fixtures import DESK, PHONE, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
NARROW = 320
MOST_TABS = 120
PATIENCE_MS = 10_000
Here = Callable[[Page], bool]


def focused(page: Page, expression: str) -> bool:
    """An expression over `one`, the element that has the focus."""
    found: bool = page.evaluate(f"() => {{ const one = document.activeElement; return Boolean({expression}); }}")
    return found


def tab_to(page: Page, expression: str, *, key: str = "Tab") -> None:
    """Press Tab until the focused element answers, as a person would; each stop on the way must be visible."""
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if focused(page, expression):
            assert is_shown(page), expression
            return
    pytest.fail(f"nothing answers « {expression} » within {MOST_TABS} presses of {key}")


def is_shown(page: Page) -> bool:
    """The focused element is in the window, has a size and a mark of its own around it or inside it."""
    shown: bool = page.evaluate(
        """() => {
          const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
          const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
          return inside && one.matches(':focus-visible') &&
            (style.outlineStyle !== 'none' || style.boxShadow !== 'none' || one.closest('svg, label') !== null);
        }"""
    )
    return shown


def count_in(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("#resultats").inner_text().split("structure")[0]))


def test_by_keyboard_alone_from_the_first_page_to_a_sheet_and_back(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/", width=NARROW)
    page.set_default_timeout(PATIENCE_MS)
    page.keyboard.press("Tab")
    assert focused(page, "one.getAttribute('href') === '#contenu'")
    page.keyboard.press("Enter")
    tab_to(page, "one.name === 'q'")
    page.keyboard.type("atelier")
    tab_to(page, "one.name === 'lieu'")
    page.keyboard.type("Péronne")
    page.keyboard.press("Enter")
    page.wait_for_url("**/annuaire/?**")
    everywhere = count_in(page)
    assert everywhere > 0
    for folded in ("one.parentElement.id === 'filtres'", "one.textContent.includes('Famille')"):
        tab_to(page, f"one.tagName === 'SUMMARY' && {folded}")
        if not focused(page, "one.parentElement.open"):
            page.keyboard.press("Enter")
    tab_to(page, "one.type === 'checkbox' && one.name === 'famille'")
    ticked = page.evaluate("document.activeElement.id")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("famille="))
    expect(page.locator("#annonce")).to_have_text(re.compile(r"^\d+.structures?$"))
    assert count_in(page) <= everywhere
    # The list was swapped under the hand: the focus is where it was, on a box that is ticked.
    assert focused(page, f"one.id === '{ticked}' && one.checked")
    tab_to(page, "one.closest('.results') && one.href")
    name = page.evaluate("document.activeElement.textContent.trim()")
    asked = page.url
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.go_back()
    page.wait_for_url(asked)
    expect(page.locator("#resultats")).to_be_visible()


def test_suggestions_communes_and_strategy_by_keyboard(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/annuaire/", width=NARROW)
    page.locator("#recherche").focus()
    page.keyboard.type("ressourc", delay=30)
    first = page.get_by_role("option").first
    expect(first).to_be_visible()
    label = first.get_attribute("data-label") or ""
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert page.locator("#recherche").get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.locator("#recherche")).to_have_value(label)
    expect(page).to_have_url(re.compile("q="))
    page.goto(f"{seeded.url}/communes/")
    tab_to(page, "one.name === 'q' && one.closest('main')")
    page.keyboard.type("poeu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/communes/?**")
    tab_to(page, "one.textContent.includes('Pœuilly') && one.href")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pœuilly")
    tab_to(page, "(one.href || '').endsWith('affiche.pdf')")
    page.goto(f"{seeded.url}/strategie/")
    tab_to(page, "one.closest('main') && (one.getAttribute('href') || '').startsWith('#')")
    anchor = page.evaluate("document.activeElement.getAttribute('href').slice(1)")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"#{anchor}$"))
    assert page.locator(f"[id='{anchor}']").evaluate("one => one.getBoundingClientRect().top < innerHeight")


def test_the_drawn_map_is_one_stop_and_arrows_go_from_commune_to_commune(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/")
    assert page.locator("commune-map svg a").count() == 144
    unreached = page.evaluate(
        """() => {
          const map = document.querySelector('commune-map'), seen = new Set([map.links[0]]), ahead = [map.links[0]];
          while (ahead.length) {
            const target = ahead.pop();
            for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
              const next = map.next({ key, target });
              if (!seen.has(next)) { seen.add(next); ahead.push(next); }
            }
          }
          return map.links.filter(link => !seen.has(link)).map(link => link.textContent);
        }"""
    )
    assert unreached == []
    page.get_by_role("link", name="Voir la liste plutôt que la carte").focus()
    page.keyboard.press("Tab")
    assert focused(page, "one.closest('commune-map svg')")
    west = page.evaluate("document.activeElement.getBoundingClientRect().x")
    names = set()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        names.add(page.evaluate("document.activeElement.querySelector('title').textContent"))
    assert len(names) == 4
    assert page.evaluate("document.activeElement.getBoundingClientRect().x") > west
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.href.baseVal")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.href.baseVal") != last
    page.keyboard.press("Tab")
    assert not focused(page, "one.closest('commune-map svg')")
    page.keyboard.press("Shift+Tab")
    aimed = page.evaluate("document.activeElement.href.baseVal")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{aimed}")


def test_without_script_one_searches_filters_turns_pages_and_takes_the_list(seeded: LiveServer, visit: Visit) -> None:
    for width in (PHONE, DESK):
        _without_script(seeded, visit, width)


def _without_script(seeded: LiveServer, visit: Visit, width: int) -> None:
    page = visit("/", width=width, javascript=False)
    page.set_default_timeout(PATIENCE_MS)
    page.locator("main input[name=q]").fill("association")
    page.locator("main form[role=search] button[type=submit]").first.click()
    found = count_in(page)
    assert found > 20
    page.get_by_role("link", name=re.compile("suivante", re.IGNORECASE)).click()
    assert "page=2" in page.url
    assert count_in(page) == found
    page.get_by_role("link", name="nom", exact=False).first.click()
    assert "tri=" in page.url
    page.goto(f"{seeded.url}/annuaire/")
    everything = count_in(page)
    group = page.locator(".filter-group").first
    for summary in (page.locator("#filtres > summary"), group.locator("summary")):
        if summary.is_visible() and not group.locator("input").first.is_visible():
            summary.click()
    group.locator("input").first.check()
    page.get_by_role("button", name="Rechercher").first.click()
    kept = count_in(page)
    assert 0 < kept < everything
    page.locator(".directory-export summary").click()
    address = page.get_by_role("link", name="CSV").get_attribute("href") or ""
    answer = b"".join(Client().get(address))
    assert len(list(csv.DictReader(io.StringIO(answer.decode("utf-8-sig")), delimiter=";"))) == kept
    page.goto(f"{seeded.url}/annuaire/?lieu=P%C3%A9ronne&rayon_km=10")
    assert "autour de Péronne" in page.locator("#resultats").inner_text()
    page.locator(".results a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert re.search(r"/annuaire/[a-z0-9-]+/$", page.url)
    page.goto(f"{seeded.url}/carte/")
    assert page.locator(".map-drawing svg a").count() > 20
    page.get_by_role("link", name=re.compile("liste", re.IGNORECASE)).first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{seeded.url}/communes/?q=hamelet")
    page.locator("main a[href*='/communes/80']").first.click()
    expect(page.get_by_role("link", name=re.compile("affiche", re.IGNORECASE)).first).to_be_visible()
