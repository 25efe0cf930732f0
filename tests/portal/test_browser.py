"""The pages of the portal in a real browser: no complaint of axe, nothing that sticks out, no script needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page, expect

from maillage.search import actions as search
from maillage.strategy.actions import load_strategy
from maillage.territories.actions import load_territory
from tests.browser.fixtures import PHONE, HtmlValidate, Visit, overflow
from tests.factories import AT
from tests.portal.sheets import published
from tests.strategy.files import strategy_file
from tests.territories.files import territory_file

PAGES = {
    "accueil": "/",
    "recherche": "/recherche/",
    "recherche vide": "/recherche/?q=introuvable",
    "communes": "/communes/",
    "aucune": "/communes/?q=zzz",
    "commune": "/communes/80001-peronne/",
    "vide": "/communes/80002-y/",
    "strategie": "/strategie/",
    "mesure": "/strategie/1.1/",
    "calendrier": "/strategie/calendrier/",
    "tableau": "/strategie/tableau/",
    "question": "/strategie/1.1/question/",
    "instances": "/instances/",
    "dialogues": "/dialogues/",
    "consultations": "/consultations/",
    "participer": "/participer/",
    "a-propos": "/a-propos/",
    "glossaire": "/glossaire/",
    "mot": "/glossaire/?q=scic",
    "contact": "/contact/",
    "mentions": "/mentions-legales/",
    "donnees": "/donnees-personnelles/",
    "accessibilite": "/accessibilite/",
    "plan": "/plan-du-site/",
    "besoins": "/besoins/",
    "besoin": "/besoins/dire/",
    "guichet": "/guichet/",
    "projets": "/projets/",
    "appels": "/appels/",
    "subventions": "/subventions/",
    "aides": "/aides/",
    "ressources": "/ressources/",
    "themes": "/themes/",
    "aides-possibles": "/aides/possibles/?public=association",
    "aides-alerte": "/aides/alerte/",
}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def world(_own_index_and_cache: None) -> Callable[[], None]:
    load_territory(document=territory_file(), by=None, at=AT)
    load_strategy(document=strategy_file(), by=None, at=AT)
    published("Atelier du Port", activities="Réparer des vélos.", served_area=["200000009"])
    published("Jardin d’essai", is_example=True)
    search.rebuild()
    return cache.clear


def test_html_is_valid(client: Client, html_validate: HtmlValidate) -> None:
    html = {name: client.get(path).content.decode() for name, path in PAGES.items()}
    html["inconnue"] = client.get("/nulle-part/").content.decode()
    assert html_validate(html) == []


def test_text_at_200_percent_stays_within_a_phone(visit: Visit) -> None:
    found = {}
    page = visit("/", width=PHONE, text_percent=200)
    home = page.url.removesuffix("/")
    for name, path in PAGES.items():
        page.goto(home + path)
        # The reader's wish holds from page to page: twice the usual 16 px, or what the page makes of it.
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
        found[name] = overflow(page)
    assert found == {name: [] for name in PAGES}


def test_without_script_one_finds_a_structure_from_the_first_page(visit: Visit) -> None:
    page: Page = visit("/", javascript=False)
    page.get_by_label("Que cherchez-vous, et où ?").fill("vélo")
    page.get_by_label("Où ? Commune ou code postal").fill("peronne")
    page.get_by_role("button", name="Rechercher").click()
    expect(page.get_by_role("link", name="Atelier du Port")).to_be_visible()


def test_with_the_keyboard_alone_one_skips_the_map_for_the_list(visit: Visit) -> None:
    page: Page = visit("/")
    page.get_by_role("link", name="Voir la liste plutôt que la carte").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/communes/")
    page.get_by_role("link", name="Pœuilly").last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pœuilly")


def test_the_first_page_is_light(visit: Visit) -> None:
    page: Page = visit("/contact/")
    answers: list[str] = []
    page.on("response", lambda response: answers.append(response.url))
    page.goto(page.url.replace("/contact/", "/?poids"))
    assert len(answers) <= 12
