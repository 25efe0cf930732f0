"""The pages of aids in a real browser: nothing that axe finds, nothing that sticks out; without a script too."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from maillage.aids.models import Aid
from tests.aids.world import agent, kept, made, received, sample, subjects
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, let_in, overflow
from tests.factories import person, small_territory

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip
ANSWERS = "/aides/possibles/?public=association&commune=80620&sujet=culture&etape=creation&montant=8000"


def world() -> dict[str, str]:
    """{what it is: its public address}"""
    small_territory()
    subjects()
    received([{**one, "submission_deadline": None} for one in sample()])
    made("Tout va", audiences=["association"], themes=["culture"], coverage=["department:80"], at=timezone.now())
    return {
        "list": "/aides/", "filtered": "/aides/?public=association", "empty": "/aides/?q=introuvable",
        "aid": "/aides/des-outils-pour-les-ateliers-partages/", "questions": "/aides/possibles/", "possible": ANSWERS,
        "wrong": "/aides/possibles/?montant=beaucoup", "watch": "/aides/alerte/?public=association",
    }  # fmt: skip


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(visit: Visit, axe: Axe, width: int) -> None:
    paths, faults = world(), dict[str, list[str]]()
    page = visit("/sante/vif", width=width)
    home = page.url.removesuffix("/sante/vif")
    alice = person("alice@exemple.test")
    kept(user=alice)
    for name, path in paths.items():
        page.goto(home + path)
        for one in page.locator("details").all():
            one.evaluate("each => { each.open = true }")
        if found := overflow(page) + axe(page):
            faults[name] = found
    let_in(page, alice)
    page.goto(f"{home}/moi/")
    if found := overflow(page) + axe(page):
        faults["/moi/"] = found
    assert faults == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_screen_of_the_back_office_has_an_accessibility_fault(visit: Visit, axe: Axe, width: int) -> None:
    world()
    aid = Aid.objects.get(source_key="12")
    Aid.objects.filter(pk=aid.pk).update(edited=["loan_amount"], link_trouble="404", link_checked_at=timezone.now())
    page = visit("/sante/vif", width=width)
    let_in(page, agent())
    home, faults = page.url.removesuffix("/sante/vif"), {}
    office = "/gestion/aides/"
    for path in ("/gestion/", office, f"{office}?liste=toutes&q=zut", f"{office}{aid.pk}/", f"{office}nouvelle/"):
        page.goto(home + path)
        for one in page.locator("details").all():
            one.evaluate("each => { each.open = true }")
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}


def test_html_is_valid(client, html_validate: HtmlValidate) -> None:  # type: ignore[no-untyped-def]
    assert html_validate({name: client.get(path).content.decode() for name, path in world().items()}) == []


def test_five_answers_without_a_script_lead_to_reasons(visit: Visit) -> None:
    world()
    page = visit("/aides/", width=PHONE, javascript=False)
    page.get_by_role("link", name="Trouver les aides possibles").click()
    page.get_by_label("Qui demande").select_option("association")
    page.get_by_label("Culture").check()
    page.get_by_role("button", name="Voir les aides possibles").click()
    expect(page.get_by_role("link", name="Tout va")).to_be_visible()
    page.get_by_text("Pourquoi elle est possible").first.click()
    expect(page.get_by_text("Elle porte sur votre sujet.").first).to_be_visible()
