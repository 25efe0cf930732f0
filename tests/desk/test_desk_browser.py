"""The pages of the desk in a real browser: nothing that axe finds, nothing that sticks out, valid HTML."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate
from maillage.desk import actions
from maillage.desk.enums import Audience, Channel, Subject
from maillage.desk.models import Project
from maillage.territories.models import Commune
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, let_in, overflow
from tests.desk.world import AT, advised, agent, chloe, followed, partner, referred, requested
from tests.factories import person

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300),
    pytest.mark.usefixtures("wagtail_roots"),
]  # fmt: skip


def full() -> Project:
    """A file with something of everything."""
    project = followed()
    advised(project, words="Demandez leurs comptes.", address="/besoins/")
    referred(project)
    talk = actions.Talk(day=AT.date(), words="Vu le local.", channel=Channel.MET, audience=Audience.HOLDER)
    actions.log_interview(project=project, talk=talk, by=agent(), at=AT)
    for level in (1, 2):
        actions.diagnose(project=project, marks=dict.fromkeys(Subject, (level, "bien")), by=agent(), at=AT)
    actions.write_note(project=project, words="Rappeler lundi.", by=agent(), at=AT)
    actions.log_effort(project=project, day=AT.date(), half_days=1, by=agent(), at=AT)
    return project


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(visit: Visit, axe: Axe, width: int) -> None:
    project, faults = full(), dict[str, list[str]]()
    page = visit("/guichet/", width=width)
    home = page.url.removesuffix("/guichet/")
    if found := overflow(page) + axe(page):
        faults["ask"] = found
    let_in(page, chloe(project))
    for path in (project.get_absolute_url(), "/moi/"):
        page.goto(home + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if found := overflow(page) + axe(page):
            faults[path] = found
    officer = person("referent@exemple.test")
    town = Commune.objects.exclude(epci=None).order_by("pk")[0]
    Mandate.objects.create(user=officer, role=Role.LIAISON_OFFICER, epci=town.epci, start_date=AT.date())
    let_in(page, officer)
    page.goto(f"{home}/moi/guichet/")
    if found := overflow(page) + axe(page):
        faults["relay"] = found
    assert faults == {}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_screen_of_the_back_office_has_an_accessibility_fault(visit: Visit, axe: Axe, width: int) -> None:
    project, faults = full(), dict[str, list[str]]()
    requested(email="b@exemple.test")
    one = partner("L’autre")
    page = visit("/sante/vif", width=width)
    home = page.url.removesuffix("/sante/vif")
    let_in(page, agent())
    base = "/gestion/guichet/"
    for path in ("", "?liste=tous", "noter/", "passer/", "partenaires/", f"partenaires/{one.pk}/", f"{project.pk}/",
                 f"{project.pk}/changer/"):  # fmt: skip
        page.goto(home + base + path)
        page.evaluate("document.querySelectorAll('.office details').forEach((one) => { one.open = true; })")
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}


def test_a_step_is_seen_once_its_page_was_read(visit: Visit) -> None:
    project = full()
    page = visit("/sante/vif", width=PHONE)
    home = page.url.removesuffix("/sante/vif")
    let_in(page, chloe(project))
    with page.expect_response(lambda answer: answer.url.endswith("/vu/")) as seen:
        page.goto(home + project.get_absolute_url())
    assert seen.value.status == 204
    assert project.recommendations.get().state == "seen"


def test_its_pages_are_valid_html(html_validate: HtmlValidate) -> None:
    project, client = full(), Client()
    client.force_login(chloe(project))
    pages = {"ask": "/guichet/", "project": project.get_absolute_url()}
    assert html_validate({name: client.get(path).content.decode() for name, path in pages.items()}) == []
