"""The pages of grants in a real browser: nothing that axe finds, nothing that sticks out, valid HTML, a live total."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage.accounts.models import User
from maillage.grants import actions
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, let_in, overflow
from tests.calls.world import AT, a_call, a_line, a_structure, agent
from tests.grants.test_cancelling import ended, prepared_end
from tests.grants.test_files import asking, sent
from tests.grants.test_publication import drawn_territory
from tests.grants.world import awarded, drawn, judged, paid, prepared, refused, reported, signed, with_forecast

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip
OFFICE = "/gestion/subventions/"


def office_pages() -> list[str]:
    """Every screen of the back office, with something in it."""
    call = a_call(a_line("12000", state_aid="de_minimis"))
    agreement = signed(awarded(with_forecast(judged(call, is_economic=True))))
    paid(agreement.instalments.get(kind="advance"))
    reported(agreement)
    prepared(judged(call), "5000")
    refused(judged(call))
    fresh, over, waiting = awarded(), ended(signed().decision).decision, prepared_end().decision
    (one, _), (other, _) = a_structure(), a_structure()
    joined = actions.join_undertaking(
        organisation=other, to=actions.undertaking_of(one), reason="Même présidence", by=agent(), at=AT
    )  # fmt: skip
    return ["", f"appels/{call.pk}/", f"appels/{call.pk}/confirmer/", "aides/", f"aides/{agreement.decision.pk}/",
            f"aides/{fresh.pk}/", f"aides/{over.pk}/", f"aides/{waiting.pk}/", "de-minimis/", "refus/", "entreprises/",
            f"entreprises/{joined.pk}/"]  # fmt: skip


def own_pages() -> tuple[list[str], User]:
    drawn_territory()
    decision = asking(awarded(with_forecast(judged(commune_id="80620")))).decision
    given = decision.application.organisation
    to_sign, over = (
        drawn(awarded(judged(organisation=given))),
        ended(signed(awarded(judged(organisation=given))).decision),
    )
    sent(to_sign)
    own, *more = (
        f"/moi/aides/{one.application.reference}/" for one in (decision, to_sign.decision, over.decision)
    )  # fmt: skip
    return [own, f"{own}bilan/", *more, "/subventions/"], given.memberships.get().user


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_screen_of_the_back_office_has_an_accessibility_fault(visit: Visit, axe: Axe, width: int) -> None:
    faults: dict[str, list[str]] = {}
    pages = office_pages()
    page = visit("/sante/vif", width=width)
    home = page.url.removesuffix("/sante/vif")
    let_in(page, agent())
    for path in pages:
        page.goto(f"{home}{OFFICE}{path}")
        page.evaluate("document.querySelectorAll('.office details').forEach((one) => { one.open = true; })")
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_of_its_people_has_an_accessibility_fault(visit: Visit, axe: Axe, width: int) -> None:
    faults: dict[str, list[str]] = {}
    pages, holder = own_pages()
    page = visit("/sante/vif", width=width)
    home = page.url.removesuffix("/sante/vif")
    let_in(page, holder)
    for path in pages:
        page.goto(home + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}


def test_the_total_turns_while_amounts_are_typed(visit: Visit) -> None:
    call = a_call(a_line("6000"))
    first, other = judged(call), judged(call)
    page = visit("/sante/vif", width=DESK)
    home = page.url.removesuffix("/sante/vif")
    let_in(page, agent())
    page.goto(f"{home}{OFFICE}appels/{call.pk}/")

    page.fill(f"[name=d{first.pk}-amount]", "3 500,50")
    page.fill(f"[name=d{other.pk}-amount]", "2 500")
    told = page.locator("[data-together]")

    assert "6\u202f000,50" in told.nth(1).inner_text().replace("\u00a0", "\u202f")
    assert ["is-bad" in (told.nth(rank).get_attribute("class") or "") for rank in (0, 1)] == [False, True]
    page.select_option(f"[name=d{first.pk}-outcome]", "refused")
    assert "is-bad" not in (told.nth(1).get_attribute("class") or "")


def test_its_pages_are_valid_html(html_validate: HtmlValidate) -> None:
    (pages, holder), client = own_pages(), Client()
    client.force_login(holder)
    assert html_validate({path: client.get(path).content.decode() for path in pages}) == []
