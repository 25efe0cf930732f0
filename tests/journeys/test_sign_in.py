"""Somebody comes in: by keyboard, without script, on a phone; and sets up what the back office asks."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from playwright.sync_api import Page, expect

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from tests.accounts.people import holder
from tests.accounts.test_sign_in import figures, last_code
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, let_in, overflow
from tests.factories import small_territory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
OWN = (
    "own:home", "account_email", "account_set_password", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn",
    "mfa_add_webauthn", "usersessions_list", "account_logout", "own:leave", "own:gone",
)  # fmt: skip


def ask_a_code(page: Page, email: str) -> None:
    page.get_by_label("Votre adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir un code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le code reçu par courriel")


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (DESK, True)])
def test_a_member_comes_in_and_leaves(visit: Visit, width: int, javascript: bool) -> None:
    small_territory()
    holder(Role.TEACHER)
    page = visit("/moi/", width=width, javascript=javascript)
    ask_a_code(page, "teacher@exemple.test")
    page.get_by_label("Code reçu").fill("FAUX")
    page.get_by_role("button", name="Entrer").click()
    expect(page.locator(".error-summary")).to_contain_text("Ce code ne convient pas")
    page.get_by_label("Code reçu").fill(last_code())
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon espace")
    page.get_by_role("link", name="Se déconnecter").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/moi/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")


def test_an_agent_sets_up_the_second_factor_with_the_keyboard_alone_and_enters_the_back_office(visit: Visit) -> None:
    small_territory()
    holder(Role.AGENT, second_factor=False)
    page = visit("/gestion/", width=PHONE)
    page.get_by_label("Votre adresse électronique").focus()
    page.keyboard.type("agent@exemple.test")
    page.keyboard.press("Enter")
    page.get_by_label("Code reçu").focus()
    page.keyboard.type(last_code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ma sécurité")
    page.get_by_role("link", name="Mettre en place l’application").focus()
    page.keyboard.press("Enter")
    secret = page.locator("main code").inner_text()
    page.get_by_label("Les six chiffres du moment").focus()
    page.keyboard.type(figures(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".toast").first).to_contain_text("en place")
    page.goto(page.url.split("/moi/")[0] + "/gestion/")
    expect(page).to_have_url(re.compile("/gestion/$"))


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_ones_own_pages_have_no_accessibility_fault(visit: Visit, axe: Axe, width: int) -> None:
    small_territory()
    user = holder(Role.AGENT, second_factor=False, first_name="Bruno")
    EmailAddress.objects.update(verified=True)
    page = visit("/sante/vif", width=width)
    let_in(page, user)
    home = page.url.removesuffix("/sante/vif")
    faults: dict[str, list[str]] = {}
    for name in OWN:
        page.goto(home + reverse(name))
        assert page.url == home + reverse(name)
        if found := overflow(page) + axe(page):
            faults[name] = found
    assert faults == {}


def test_ones_own_pages_are_valid_html(html_validate: HtmlValidate) -> None:
    from django.test import Client

    small_territory()
    client = Client()
    agent = holder(Role.AGENT)
    RecoveryCodes.activate(agent)
    client.force_login(agent)
    names = [*OWN, "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"]
    answers = {name.replace(":", "-"): client.get(reverse(name), follow=True) for name in names}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert html_validate({name: answer.content.decode() for name, answer in answers.items()}) == []
    assert User.objects.count() == 1
