"""Every screen of ours in the back office, in a real browser: no breach of the content policy, no noise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory.models import DuplicatePair, ImportRun
from maillage.kernel.models import JournalEntry
from tests.accounts.people import holder
from tests.browser.fixtures import PHONE, let_in, overflow
from tests.factories import AT, human_source, organisation, small_territory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]


@pytest.fixture
def addresses(wagtail_roots: None) -> list[str]:
    """One address of each screen, with something to show on it."""
    cache.clear()
    small_territory()
    user = holder(Role.ADMINISTRATOR, first_name="Agnès")
    first = organisation(
        "Atelier du Port",
        ess_overridden=True,
        ess_note="Décidé en réunion.",
        place__commune_id="80620",
        closed_date="2020-01-01",
    )
    second = organisation("L’atelier du port", acronym="ADP", source=human_source())
    pair = DuplicatePair.objects.create(first=first, second=second, reason="Noms proches", likeness=92, created_at=AT)
    act = JournalEntry.objects.latest("pk")
    draft = ImportRun.objects.create(
        kind="file", label="Liste", started_at=AT, counts={"rows": 1, "created": 1},
        cursor={"titles": ["Nom"], "samples": {"Nom": ["Café"]}}, columns={"Nom": "name"},
        report=[{"line": 2, "column": "Nom", "level": "warning", "message": "À vérifier."}],
        differences=[{"line": 2, "organisation": None, "name": "Café", "changes": {"name": [None, "Café"]}}],
    )  # fmt: skip
    running = ImportRun.objects.create(
        kind="file", label="Longue", started_at=AT, state="running", progress_done=1, progress_total=9
    )
    stopped = ImportRun.objects.create(
        kind="api", label="API Recherche d’entreprises", started_at=AT, state="failed", written={"created": 3},
        report=[{"line": 0, "column": "", "level": "error", "message": "Arrêté."}],
    )  # fmt: skip
    shrunk = ImportRun.objects.create(
        kind="sirene", label="Répertoire Sirene (INSEE)", started_at=AT, state="refused", has_shrunk=True,
        report=[{"line": 0, "column": "", "level": "error", "message": "La source a rétréci."}],
    )  # fmt: skip
    office = {
        "sheets": [], "add_sheet": [], "sheet": [first.pk], "history": [second.pk], "revert": [act.pk], "imports": [],
        "new_import": [], "import_columns": [draft.pk], "import": [draft.pk], "undo_import": [draft.pk],
        "new_api_import": [], "new_sirene_import": [], "force_import": [shrunk.pk], "follow_rule": [first.pk],
        "duplicates": [], "duplicate": [pair.pk], "unmerge": [pair.pk],
    }  # fmt: skip
    return [
        "/gestion/",
        *(reverse(f"directory_office:{name}", args=args) for name, args in office.items()),
        *(reverse("directory_office:import", args=[run.pk]) for run in (running, stopped, shrunk)),
        reverse("people_office:people"),
        reverse("people_office:add"),
        reverse("people_office:person", args=[user.pk]),
        "/gestion/images/",
        "/gestion/images/add/",
    ]


def signed_in(visit: Visit, **how: Any) -> Page:
    page = visit("/sante/vif", **how)
    let_in(page, User.objects.get(email="administrator@exemple.test"))
    page.goto(page.url.replace("/sante/vif", "/gestion/"))
    return page


def test_no_screen_breaks_the_content_policy_nor_scrolls_sideways_on_a_phone(
    visit: Visit, addresses: list[str]
) -> None:
    page = signed_in(visit)
    home = page.url.removesuffix("/gestion/")
    wide: dict[str, list[str]] = {}
    page.add_init_script(
        "window.breaches = []; addEventListener('securitypolicyviolation', e => breaches.push(e.violatedDirective))"
    )
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(home + address)
        assert page.url == home + address
        page.wait_for_load_state("networkidle")
        page.set_viewport_size({"width": PHONE, "height": 900})
        assert page.evaluate("breaches") == [], address
        if found := overflow(page):
            wide[address] = found
    assert wide == {}


def test_the_picture_chooser_opens_without_an_inline_script(visit: Visit, addresses: list[str]) -> None:
    page = signed_in(visit)
    page.goto(page.url + "annuaire/nouvelle/")
    page.click("[data-chooser-action-choose]:visible")
    page.get_by_role("tab", name="Transférer").wait_for()


def test_a_sheet_is_published_and_put_back_with_the_keyboard_alone(visit: Visit, addresses: list[str]) -> None:
    page = signed_in(visit)
    page.goto(page.url + "annuaire/")
    page.get_by_role("link", name="Atelier du Port", exact=True).press("Enter")
    page.get_by_role("button", name="Publier la fiche").press("Enter")
    page.get_by_text("La fiche est maintenant : publiée.").wait_for()
    page.get_by_role("button", name="Remettre à qualifier").press("Enter")
    page.get_by_text("La fiche est maintenant : à qualifier.").wait_for()


def test_our_screens_have_nothing_that_axe_calls_wrong(
    visit: Visit, addresses: list[str], axe: Callable[[Page], list[str]]
) -> None:
    page = signed_in(visit)
    home = page.url.removesuffix("/gestion/")
    faults: dict[str, list[str]] = {}
    for address in addresses:
        if address.startswith("/gestion/images/"):
            continue  # Wagtail's own screens: its known faults are its makers' to mend
        page.goto(home + address)
        assert page.url == home + address
        page.wait_for_load_state("networkidle")
        if found := axe(page):
            faults[address] = found
    assert faults == {}
