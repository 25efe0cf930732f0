"""A person takes their data and leaves, by keyboard, without script, on a phone; nothing of them is found."""

from __future__ import annotations

import json
import zipfile

import pytest
from playwright.sync_api import expect

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.kernel.actions import load_values
from tests.accounts.people import holder
from tests.browser.fixtures import PHONE, Axe, Visit, let_in, overflow
from tests.factories import small_territory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def test_a_member_takes_their_data_and_leaves(visit: Visit) -> None:
    small_territory()
    load_values()
    user = holder(Role.TEACHER, first_name="Inès")
    page = visit("/sante/vif", width=PHONE, javascript=False)
    let_in(page, user)
    page.goto(page.url.removesuffix("/sante/vif") + "/moi/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Recevoir mes données").focus()
        page.keyboard.press("Enter")
    with zipfile.ZipFile(taken.value.path()) as archive:
        told = json.loads(archive.read("donnees.json"))
    assert told[-1]["lignes"][0]["prénom"] == "Inès"
    page.get_by_role("link", name="Quitter le site").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quitter le site")
    page.get_by_label("Pour confirmer, écrivez QUITTER").focus()
    page.keyboard.type("non")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("Écrivez le mot QUITTER, en entier.")
    page.get_by_label("Pour confirmer, écrivez QUITTER").fill("quitter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est fait")
    assert not User.objects.exists()
    page.goto(page.url.replace("/au-revoir/", "/moi/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_the_page_that_tells_what_is_kept_reads_on_a_phone(visit: Visit, axe: Axe) -> None:
    small_territory()
    load_values()
    page = visit("/donnees-personnelles/", width=PHONE)
    expect(page.get_by_role("table")).to_contain_text("25 mois depuis la dernière connexion")
    assert overflow(page) + axe(page) == []
