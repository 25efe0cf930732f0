"""Every kind of public page, at both widths and in both themes: axe and html-validate find nothing."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from maillage.directory.models import Organisation
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PAGES = {
    "home": "/",
    "list": "/annuaire/",
    "search": "/annuaire/?q=recyclrie&famille=association",
    "nothing": "/annuaire/?q=introuvable",
    "named sheet": "/annuaire/ressourcerie-air/",
    "map": "/carte/",
    "communes": "/communes/",
    "no commune": "/communes/?q=zzz",
    "town": "/communes/80620-peronne/",
    "smallest": "/communes/80829-y/",
    "strategy": "/strategie/",
    "measure": "/strategie/1.1/",
    "indicators": "/strategie/indicateurs/",
    "plan calendar": "/strategie/calendrier/",
    "plan board": "/strategie/tableau/",
    "proofs": "/strategie/1.3/preuves/",
    "questions": "/strategie/2.1/questions/",
    "ask": "/strategie/2.1/question/",
    "indicator": "/strategie/indicateurs/1.1/",
    "counted list": "/strategie/indicateurs/1.2/liste/",
    "typed indicator": "/strategie/indicateurs/4.11/",
    "bodies": "/instances/",
    "dialogues": "/dialogues/",
    "dialogue": "/dialogues/comment-les-structures-et-les-elus-se-croisent-ils-mieux/",
    "participate": "/participer/",
    "glossary": "/glossaire/",
    "word": "/glossaire/?q=scic",
    "about": "/a-propos/",
    "embed": "/integrer/",
    "embedded": "/integrer/annuaire/",
    "contact": "/contact/",
    "legal": "/mentions-legales/",
    "privacy": "/donnees-personnelles/",
    "accessibility": "/accessibilite/",
    "site map": "/plan-du-site/",
    "officers": "/referents/",
    "needs": "/besoins/",
    "needs of a state": "/besoins/?etat=open",
    "no need": "/besoins/?etat=closed",
    "say a need": "/besoins/dire/",
    "desk": "/guichet/",
    "portfolio": "/projets/",
    "calls": "/appels/",
    "grants": "/subventions/",
    "no grant": "/subventions/?annee=2025",
    "theme": "/besoins/themes/mobilite-solidaire/",
    "aids": "/aides/",
    "aids that are over": "/aides/?etat=finies",
    "no aid": "/aides/?q=introuvable",
    "aid": "/aides/premiers-pas-vers-le-reemploi-donnee-dexemple/",
    "everything": "/recherche/",
    "everything on a word": "/recherche/?q=budget",
    "resources": "/ressources/",
    "no resource": "/ressources/?q=introuvable",
    "resource": "/ressources/preparer-le-budget-dun-projet/",
    "resource with a file": "/ressources/modele-de-budget-previsionnel/",
    "hubs": "/themes/",
    "hub": "/themes/mobilite-solidaire/",
    "aids questions": "/aides/possibles/",
    "aids possible": "/aides/possibles/?public=association&commune=80620&sujet=reemploi&etape=creation&montant=9000",
    "aids watch": "/aides/alerte/?public=association",
    "propose": "/annuaire/proposer/",
    "correct": "/annuaire/ressourcerie-air/corriger/",
    "write": "/annuaire/ressourcerie-air/ecrire/",
    "api": "/api/v1/docs",
    "consultations": "/consultations/",
    "consultation": "/consultations/quels-themes-soutenir-en-premier-par-le-prochain-appel-a-projets/",
    "open consultation": "/consultations/dans-quel-ordre-visiter-les-ateliers-au-printemps/",
    "vote": "/consultations/dans-quel-ordre-visiter-les-ateliers-au-printemps/voter/",
    "receipt": "/consultations/dans-quel-ordre-visiter-les-ateliers-au-printemps/recu/",
    "sign in": "/connexion/",
    "password": "/connexion/mot-de-passe/",
}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(
    seeded: LiveServer, visit: Visit, axe: Axe, width: int
) -> None:
    faults: dict[str, list[str]] = {}
    page = visit("/", width=width)  # one visitor: what pages share is fetched and read once
    for name, path in PAGES.items():
        page.goto(seeded.url + path)
        found = overflow(page) + axe(page)
        if found:
            faults[name] = found
    assert faults == {}


def test_every_page_is_valid_html_without_a_browser(seeded: LiveServer, html_validate: HtmlValidate) -> None:
    client = Client()
    pages = {}
    for name, path in PAGES.items():
        answer = client.get(path)
        assert answer.status_code == 200, path
        pages[name.replace(" ", "-")] = answer.content.decode()
    example = Organisation.objects.filter(is_example=True).order_by("pk").first()
    assert example is not None
    pages["example"] = client.get(example.get_absolute_url()).content.decode()
    pages["missing"] = client.get("/nulle-part/").content.decode()
    assert html_validate(pages) == []


def test_every_page_reads_without_a_script(seeded: LiveServer, visit: Visit) -> None:
    page = visit("/", javascript=False)
    for name, path in PAGES.items():
        page.goto(seeded.url + path)
        assert page.locator("h1").count() == 1, name
        assert page.locator("h1").inner_text().strip(), name


class Links(HTMLParser):
    """Where the links of a page lead, inside of the site."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith("/"):
            self.found.append(href)


def test_every_internal_link_of_every_page_leads_somewhere(seeded: LiveServer) -> None:
    client, seen, broken = Client(), set(), []
    for path in PAGES.values():
        for link in Links(client.get(path).content.decode()).found:
            target = link.split("#")[0]
            if target and target not in seen and not target.startswith(("/static/", "/gestion/")):
                seen.add(target)
                answer = client.get(target)
                if answer.streaming:  # a download is read to its end, as a browser would
                    answer.getvalue()
                if answer.status_code not in (200, 301, 302):
                    broken.append(f"{path} → {target}")
    assert len(seen) > 150
    assert broken == []
