from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from maillage.portal.queries import sitemap
from tests.portal.sheets import published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]
STATIC = [
    "/a-propos/",
    "/glossaire/",
    "/contact/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/accessibilite/",
    "/plan-du-site/",
]
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def locations(client: Client, path: str) -> list[str]:
    tree = ET.fromstring(client.get(path).content)
    return [(node.text or "").removeprefix("https://ess.exemple.test") for node in tree.iterfind(".//s:loc", NAMES)]


@pytest.mark.parametrize("path", STATIC)
def test_a_page_has_one_title_and_a_canonical_address(client: Client, path: str) -> None:
    html = page(client, path)
    assert html.count("<h1") == 1
    assert f'<link rel="canonical" href="https://ess.exemple.test{path}">' in html


def test_the_differences_with_the_strategy_are_computed_and_shown(client: Client) -> None:
    html = " ".join(re.sub(r"<[^>]+>", " ", page(client, "/a-propos/")).split())
    assert "Communes 4 3 −1" in html


def test_the_about_page_counts_examples_and_says_why_a_sheet_belongs(client: Client) -> None:
    published("Inventée", is_example=True, ess_reason="core_category")
    published("Vraie", ess_reason="core_category")
    html = page(client, "/a-propos/")
    assert "2\xa0fiches publiées" in html
    assert "<b>1\xa0donnée d’exemple</b>" in html
    assert 'article 1).</th><td class="numeric">2</td>' in html


def test_what_is_not_known_is_said_to_be_missing(client: Client, settings: Settings) -> None:
    settings.CONTACT = dict.fromkeys(settings.CONTACT, "")
    assert page(client, "/mentions-legales/").count("à compléter par la collectivité") == 5
    assert "Coordonnées à compléter par la collectivité" in page(client, "/contact/")


def test_the_contact_of_the_settings_is_shown(client: Client, settings: Settings) -> None:
    settings.CONTACT = {
        "organisation": "Le PETR", "person": "Camille", "phone": "03 22 00 00 00", "email": "ess@exemple.test",
        "address": "1 rue",
    }  # fmt: skip
    html = page(client, "/contact/")
    assert 'href="tel:+33322000000"' in html
    assert "Camille" in html
    assert "Contact: mailto:ess@exemple.test" in page(client, "/.well-known/security.txt")


def test_the_accessibility_statement_is_honest(client: Client) -> None:
    assert "<b>pas conforme</b>" in page(client, "/accessibilite/")


def test_the_site_map_in_words_leads_only_to_what_exists(client: Client) -> None:
    main = page(client, "/plan-du-site/").split("<main")[1].split("</main>")[0]
    links = [link for link in re.findall(r'href="(/[^"]*)"', main) if link != "/"]
    assert {"/annuaire/", "/communes/", "/strategie/", *STATIC} - {"/plan-du-site/"} <= set(links)
    assert [link for link in links if client.get(link).status_code != 200] == []


def test_the_site_map_for_robots_holds_every_page_and_no_example(client: Client) -> None:
    published("Vraie")
    published("Inventée", is_example=True)
    found = locations(client, "/sitemap.xml")
    assert {"/", "/annuaire/", "/annuaire/vraie/", "/communes/80002-y/", "/strategie/"} <= set(found)
    assert "/annuaire/inventee/" not in found
    assert len(found) == len(set(found))
    assert [path for path in found if client.get(path).status_code != 200] == []


def test_a_long_site_map_is_split(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PER_FILE", 2)
    parts = locations(client, "/sitemap.xml?long")
    assert {"/sitemap-communes-1.xml", "/sitemap-communes-2.xml"} <= set(parts)
    found = [path for part in parts for path in locations(client, part)]
    assert {"/communes/80001-peronne/", "/communes/80002-y/", "/communes/02003-poeuilly/"} <= set(found)
    assert [client.get(path).status_code for path in ("/sitemap-communes-3.xml", "/sitemap-rien-1.xml")] == [404, 404]


def test_robots_learn_where_the_site_map_is(client: Client) -> None:
    assert "Sitemap: https://ess.exemple.test/sitemap.xml" in page(client, "/robots.txt")


def test_security_txt_expires_within_a_year(client: Client) -> None:
    text = page(client, "/.well-known/security.txt")
    expires = datetime.fromisoformat(re.findall(r"Expires: (\S+)", text)[0])
    assert 30 < (expires - timezone.now()).days < 366
    assert "Contact: https://ess.exemple.test/contact/" in text


def test_the_icon_that_browsers_ask_for_is_there(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/ui/favicon.png")
