"""Every component is shown in every state, is sound HTML and opens to everyone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.browser.fixtures import DESK, PHONE, ROOT, TABLET, Axe, HtmlValidate, Visit, overflow
from ui import gallery
from ui.views import MISHAPS

pytestmark = pytest.mark.django_db


def page(path: str = "/composants/") -> str:
    return Client().get(path).content.decode()


def test_every_component_folder_has_its_place_in_the_gallery() -> None:
    placed = [name for _, names in gallery.GROUPS for name in names]
    assert sorted(placed) == gallery.folders()


def test_the_reference_names_every_component() -> None:
    reference = (ROOT / "docs/reference/components.md").read_text(encoding="utf-8")
    assert [name for name in gallery.folders() if f"`{name}`" not in reference] == []


def test_every_component_is_shown_with_its_promise() -> None:
    html = page()
    missing = [name for name in gallery.folders() if f'id="composant-{name}"' not in html]
    silent = [name for name in gallery.folders() if not gallery.entry(name).promise]
    assert (missing, silent) == ([], [])


def test_the_gallery_opens_without_signing_in_and_refuses_unknown_themes() -> None:
    statuses = {
        path: Client().get(path).status_code for path in ("/composants/", "/composants/sombre/", "/composants/rose/")
    }
    assert statuses == {"/composants/": 200, "/composants/sombre/": 200, "/composants/rose/": 404}


def test_the_gallery_and_the_error_pages_are_sound_html(html_validate: HtmlValidate) -> None:
    pages = {"gallery": page()} | {f"error-{code}": page(f"/composants/erreur/{code}/") for code in MISHAPS}
    assert html_validate(pages) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_nothing_on_the_gallery(visit: Visit, axe: Axe, width: int) -> None:
    opened = visit("/composants/", width=width)
    opened.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert axe(opened) == []


@pytest.mark.browser
def test_axe_finds_nothing_on_an_error_page(visit: Visit, axe: Axe) -> None:
    assert axe(visit("/composants/erreur/404/", width=PHONE)) == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "percent"), [(320, 100), (PHONE, 100), (PHONE, 200), (TABLET, 200), (DESK, 200)])
def test_nothing_scrolls_sideways(visit: Visit, width: int, percent: int) -> None:
    assert overflow(visit("/composants/", width=width, text_percent=percent)) == []


@pytest.mark.browser
def test_a_stored_choice_of_theme_outlives_the_page(visit: Visit) -> None:
    opened = visit("/composants/", theme="light")
    opened.get_by_label("Sombre", exact=True).check()
    opened.goto(opened.url)
    assert opened.evaluate("document.documentElement.dataset.theme") == "dark"
    assert opened.get_by_label("Sombre", exact=True).is_checked()
    opened.get_by_label("Comme mon appareil").check()
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 241, 230)"


@pytest.mark.browser
def test_the_system_preference_for_dark_is_followed_without_script(visit: Visit) -> None:
    opened = visit("/composants/erreur/404/", theme="dark", javascript=False)
    assert opened.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(21, 25, 27)"
    assert not opened.locator("theme-choice").is_visible()


@pytest.mark.browser
def test_paper_is_white_even_for_those_who_read_in_the_dark(visit: Visit) -> None:
    opened = visit("/composants/erreur/404/", theme="dark")
    opened.emulate_media(media="print", color_scheme="dark")
    colours = "getComputedStyle(document.body).color + getComputedStyle(document.body).backgroundColor"
    assert opened.evaluate(colours) == "rgb(0, 0, 0)rgb(255, 255, 255)"
    assert not opened.get_by_role("navigation").first.is_visible()


@pytest.mark.browser
def test_the_keyboard_reaches_the_content_first_then_shows_where_it_is(visit: Visit) -> None:
    opened = visit("/composants/erreur/404/")
    opened.keyboard.press("Tab")
    link = opened.locator(":focus")
    assert link.inner_text() == "Aller au contenu"
    assert link.is_visible()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "contenu"


@pytest.mark.browser
def test_filters_fold_on_a_phone_and_stay_open_on_a_wide_screen(visit: Visit) -> None:
    phone, desk = visit("/composants/", width=PHONE), visit("/composants/", width=DESK)
    button = "Appliquer les filtres"
    assert not phone.get_by_role("button", name=button).is_visible()
    phone.locator(".filters > summary").click()
    assert phone.get_by_role("button", name=button).is_visible()
    assert desk.get_by_role("button", name=button).is_visible()


@pytest.mark.browser
def test_a_definition_opens_and_closes_by_keyboard_without_script(visit: Visit) -> None:
    opened = visit("/composants/", javascript=False)
    term = opened.locator("button.term")
    definition = opened.locator("#definition-scic")
    assert not definition.is_visible()
    term.focus()
    opened.keyboard.press("Enter")
    assert definition.is_visible()
    opened.keyboard.press("Escape")
    assert not definition.is_visible()


@pytest.mark.browser
def test_suggestions_are_walked_by_keyboard(visit: Visit) -> None:
    opened = visit("/composants/", quiet=False)
    answer: dict[str, Any] = {
        "suggestions": [
            {"label": "vélo", "note": "12 structures"},
            {"label": "Vélo libre", "note": "Péronne", "url": "/composants/clair/"},
        ]
    }
    opened.route("**/annuaire/suggestions/**", lambda route: route.fulfill(json=answer))
    field = opened.get_by_role("combobox", name="Que cherchez-vous")
    field.press_sequentially("vé")
    opened.locator(".suggestions li").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    field.press("ArrowDown")
    assert opened.locator(".suggestions [aria-selected=true]").inner_text().startswith("Vélo libre")
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("l")
    opened.locator(".suggestions li").first.wait_for()
    field.press("ArrowUp")
    field.press("Enter")
    opened.wait_for_url("**/composants/clair/")
