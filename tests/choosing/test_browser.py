"""Voting in a real browser: by keyboard on a phone, without script, and nothing that axe calls wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.choosing import actions, receipts
from maillage.choosing.models import Ballot, Consultation
from tests.accounts.people import holder
from tests.browser.fixtures import DESK, PHONE, Axe, Visit, let_in, overflow
from tests.choosing.world import draft_of, held_by, voice_of

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip


@pytest.fixture
def alice() -> User:
    held_by("alice@exemple.test", name="Le Fil vert")
    return User.objects.get(email="alice@exemple.test")


def running(method: str) -> Consultation:
    now = timezone.now()
    what = draft_of(
        method=method, question=f"Une question ({method})", opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1), paper_until=None,
    )  # fmt: skip
    one = actions.draft(what=what, by=None, at=now - timedelta(days=2))
    return actions.open_consultation(consultation=one, by=None, at=now - timedelta(days=2))


def test_on_a_phone_by_keyboard_a_ranking_is_refused_mended_and_kept(visit: Visit, alice: User) -> None:
    one = running("ranking")
    page = visit("/sante/vif", width=PHONE, quiet=False)  # the refused form is a 422, which chromium says aloud
    let_in(page, alice)
    page.goto(page.url.removesuffix("/sante/vif") + one.get_absolute_url())
    page.get_by_role("link", name="Voter").focus()
    page.keyboard.press("Enter")
    for letter in "AB":
        page.locator(f"#id_option_{letter}").focus()
        page.keyboard.press("2")
    page.get_by_role("button", name="Déposer mon bulletin").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ont toutes les deux le rang 2")
    page.locator("#id_option_B").focus()
    page.keyboard.press("1")
    page.get_by_role("button", name="Déposer mon bulletin").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre bulletin est déposé")).to_be_visible()
    assert Ballot.objects.get().content == {"ranking": ["B", "A"]}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_screen_of_the_vote_has_anything_that_axe_calls_wrong(
    visit: Visit, axe: Axe, alice: User, width: int
) -> None:
    page, faults = visit("/sante/vif", width=width, quiet=False), {}
    let_in(page, alice)
    home = page.url.removesuffix("/sante/vif")
    for method in ("consent", "dots", "ranking"):
        page.goto(f"{home}{running(method).get_absolute_url()}voter/")
        faults[method] = overflow(page) + axe(page)
    page.locator("#id_option_A").select_option("2")
    page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    faults["refused"] = overflow(page) + axe(page)
    page.locator("#id_option_A").select_option("1")
    page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_role("heading", name="Votre bulletin est déposé")).to_be_visible()
    # The widest code that may be drawn.
    page.locator(".ballot-code").evaluate("code => { code.textContent = 'MWMW-MWMW-MWMW-MWMW' }")
    faults["receipt"] = overflow(page) + axe(page)
    page.goto(f"{home}/moi/")
    faults["own"] = overflow(page) + axe(page)
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_screen_of_the_office_has_anything_that_axe_calls_wrong(
    visit: Visit, axe: Axe, alice: User, width: int
) -> None:
    one, bruno = running("dots"), holder(Role.AGENT)
    content = {"dots": {"A": 1}}
    college = one.colleges.get(key="habitants")
    actions.type_paper(consultation=one, sheet="1", college=college, elector=None, content=content, by=bruno,
                       at=timezone.now())  # fmt: skip
    over = running("ranking")
    voice = voice_of(over, alice.memberships.get().organisation)
    actions.cast(elector=voice, content={"ranking": ["A"]}, code=receipts.draw_code(), by=alice)
    actions.close(consultation=over, by=bruno, at=timezone.now() + timedelta(days=2))
    page, faults = visit("/sante/vif", width=width), {}
    let_in(page, bruno)
    home = page.url.removesuffix("/sante/vif")
    for path in ("", "nouvelle/", f"{one.pk}/", f"{one.pk}/papier/", f"{one.pk}/liste/", f"{over.pk}/decision/"):
        page.goto(f"{home}/gestion/consultations/{path}")
        faults[path] = overflow(page) + axe(page)
    page.goto(home + over.get_absolute_url())
    faults["result"] = overflow(page) + axe(page)
    assert {name: found for name, found in faults.items() if found} == {}
