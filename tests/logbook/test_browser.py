"""The agents' daily tools in a real browser: a call by keyboard in a few keys, and nothing that axe calls wrong."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from maillage.accounts.enums import Role
from maillage.logbook import actions
from maillage.logbook.enums import EntryKind
from maillage.logbook.models import Entry
from maillage.outbox import actions as outbox
from tests.accounts.people import holder
from tests.browser.fixtures import DESK, PHONE, Axe, Visit, let_in, overflow
from tests.factories import AT, organisation, small_territory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]


@pytest.mark.usefixtures("wagtail_roots")
def test_from_a_sheet_a_call_is_kept_with_two_enters_and_one_line(visit: Visit) -> None:
    small_territory()
    one, agent = organisation("Le Fil vert"), holder(Role.AGENT, first_name="Bruno")
    page = visit("/sante/vif", width=PHONE)
    let_in(page, agent)
    page.goto(page.url.removesuffix("/sante/vif") + reverse("directory_office:sheet", args=[one.pk]))
    page.get_by_role("link", name="Appel", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("De quoi s’agit-il")).to_be_focused()
    page.keyboard.type("Cherche un local")
    page.keyboard.press("Enter")
    expect(page.get_by_text("L’appel est noté")).to_be_visible()
    assert Entry.objects.get().words == "Cherche un local"


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.usefixtures("wagtail_roots")
def test_the_agents_tools_have_nothing_that_axe_calls_wrong(visit: Visit, axe: Axe, width: int) -> None:
    small_territory()
    one, agent = organisation("Le Fil vert", phone="03 22 84 00 00"), holder(Role.AGENT, first_name="Bruno")
    actions.log_call(about=one, kind=EntryKind.CALL_IN, words="Un local", who="Chloé", by=agent, at=AT)
    note = actions.write_note(about=one, words="Préfère le téléphone", by=agent, at=AT, is_pinned=True)
    outbox.open_to_do(title="Rappeler", about=one, once_key="a", at=AT, due_date=AT.date(), owner=agent)
    page = visit("/sante/vif", width=width)
    let_in(page, agent)
    home, faults = page.url.removesuffix("/sante/vif"), {}
    for path in (
        "/gestion/", "/gestion/fil/", "/gestion/chercher/?q=fil", f"/gestion/telephone/nouveau/?structure={one.pk}",
        f"/gestion/notes/{note.pk}/", f"/gestion/notes/nouvelle/?structure={one.pk}",
        f"/gestion/suivi/structures/{one.pk}/", f"/gestion/suivi/personnes/{agent.pk}/", "/gestion/courrier/a-faire/",
        f"/gestion/annuaire/{one.pk}/",
    ):  # fmt: skip
        page.goto(home + path)
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}
