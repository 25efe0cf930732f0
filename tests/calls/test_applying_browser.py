"""The pages of applicants in a real browser: no fault of access, nothing that sticks out, valid HTML, live totals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.enums import BlockKind, Step
from maillage.calls.models import Application, CallForm, Piece
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, let_in, overflow
from tests.calls.drafts import a_draft, a_ready
from tests.calls.world import a_call, a_structure
from tests.factories import organisation

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip


def full() -> tuple[Application, User]:
    """A draft with something of everything, of a call that is open now."""
    now = timezone.now()
    call = a_call(closes_at=now + timedelta(days=30), families=["foundation"])
    type(call.scheme).objects.filter(pk=call.scheme_id).update(state_aid="de_minimis")
    blocks = [
        {"key": kind.value, "kind": kind.value, "label": f"Question {kind.label}", "help": "Une aide.",
         "required": False, "options": ["A", "B"], "most": None}
        for kind in BlockKind
    ]  # fmt: skip
    CallForm.objects.filter(call=call).update(blocks=blocks)
    Piece.objects.create(call=call, position=1, label="Statuts", kind="statutes", guide="Signés.")
    call.refresh_from_db()
    one = a_ready(call, is_economic=True)
    other, _ = a_structure("La Ressourcerie", status="published")
    actions.invite_organisation(application=one, organisation=other, part="Prête", by=one.author, at=now)
    organisation("L’Épicerie", status="published")
    assert one.author is not None
    return one, one.author


def paths(one: Application) -> list[str]:
    own = one.get_absolute_url()
    steps = [f"{own}etapes/{step.value}/" for step in Step]
    return [f"/appels/{one.call.slug}/demander/", "/moi/demandes/", "/moi/", own, *steps, f"{own}structures/?q=ep",
            f"{own}retirer/"]  # fmt: skip


def opened(visit: Visit, user: User, width: int) -> tuple[Page, str]:
    page = visit("/sante/vif", width=width)
    let_in(page, user)
    return page, page.url.removesuffix("/sante/vif")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(visit: Visit, axe: Axe, width: int) -> None:
    one, user = full()
    page, home = opened(visit, user, width)
    faults = dict[str, list[str]]()

    for path in paths(one):
        page.goto(home + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if found := overflow(page) + axe(page):
            faults[path] = found

    assert faults == {}


def test_what_is_typed_is_kept_as_one_goes_and_the_totals_follow(visit: Visit) -> None:
    one = a_draft()
    assert one.author is not None
    page, home = opened(visit, one.author, PHONE)
    page.goto(f"{home}{one.get_absolute_url()}etapes/budget/")

    page.get_by_label("Matières et fournitures").fill("1 234,50 €")
    expect(page.locator("[data-total=charges]")).to_have_text("1\u202f234,50\u00a0€")
    page.keyboard.press("Tab")
    expect(page.locator("#etat")).to_contain_text("C’est enregistré")
    page.get_by_label("Autres fournitures").fill("10")
    page.keyboard.press("Tab")
    expect(page.locator("#totaux")).to_contain_text("1\u202f244,50\u00a0€")

    kept = Application.objects.get()
    assert kept.version == 2
    assert sorted(str(line.amount) for line in kept.forecast.all()) == ["10.00", "1234.50"]


def test_its_pages_are_valid_html(html_validate: HtmlValidate) -> None:
    one, user = full()
    client = Client()
    client.force_login(user)

    pages = {f"page-{rank}": client.get(path).content.decode() for rank, path in enumerate(paths(one))}
    assert html_validate(pages) == []
