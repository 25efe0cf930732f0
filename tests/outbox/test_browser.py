"""The mail in a real browser: a letter of the demonstration is read, its button clicked, its refusal kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.enums import Role
from maillage.kernel.models import Source
from maillage.outbox import actions, links
from maillage.outbox.enums import State, StopReason
from maillage.outbox.models import CaughtLetter, Letter, Mailbox
from maillage.outbox.tasks import deliver
from tests.accounts.people import holder
from tests.browser.fixtures import DESK, PHONE, Axe, HtmlValidate, Visit, overflow
from tests.factories import person
from tests.outbox.world import source

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def caught(live_server: LiveServer, settings: Settings) -> CaughtLetter:
    """Two things said to one reader of the demonstration, in one letter whose links lead to the test's server."""
    settings.SITE_URL = live_server.url
    settings.DEMO = True
    user = person("alice@exemple.maillage.test", is_example=True)
    for kind, title in (("essai.news", "Une nouvelle"), ("essai.ask", "Votre fiche est-elle à jour ?")):
        actions.post(kind=kind, to=user, about=source("Le Fil vert"), facts={"title": title}, at=timezone.now())
    Letter.objects.update(due_at=timezone.now())
    actions.gather(at=timezone.now())
    deliver()
    return CaughtLetter.objects.get()


def pages(caught: CaughtLetter) -> dict[str, str]:
    link = re.search(r"(/l/[^/\s]+/)", caught.text)
    assert link is not None
    mailbox = Mailbox.objects.get()
    return {
        "gallery": "/composants/lettres/",
        "demonstration": "/boite-aux-lettres/",
        "caught": f"/boite-aux-lettres/{caught.pk}/",
        "link": link[1],
        "preferences": links.preferences_path(mailbox, at=timezone.now()),
    }


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_of_the_mail_has_an_accessibility_fault_or_scrolls_sideways(
    caught: CaughtLetter, visit: Visit, axe: Axe, width: int
) -> None:
    faults = {}
    for name, path in pages(caught).items():
        page = visit(path, width=width)
        found = overflow(page) + axe(page)
        if found:
            faults[name] = found
        page.context.close()
    assert faults == {}


def test_the_pages_of_the_mail_are_sound_html(caught: CaughtLetter, html_validate: HtmlValidate) -> None:
    client = Client()
    shown = {name: client.get(path).content.decode() for name, path in pages(caught).items()}
    done = client.post(pages(caught)["link"])
    assert (
        html_validate({**shown, "done": done.content.decode(), "unknown": client.get("/l/x/").content.decode()}) == []
    )


@pytest.mark.browser
def test_a_letter_is_read_and_answered_without_an_account(caught: CaughtLetter, visit: Visit) -> None:
    page = visit("/boite-aux-lettres/", width=PHONE)
    page.get_by_role("link", name=caught.title).click()
    letter = page.frame_locator("iframe.letter-frame")
    letter.get_by_role("link", name="C’est toujours valable").first.click()
    page.get_by_role("button", name="Confirmer ma fiche").click()
    assert "Votre fiche est confirmée" in page.locator("main").inner_text()
    assert Source.objects.filter(licence="confirmée").count() == 1


@pytest.mark.browser
def test_a_reader_refuses_by_keyboard_from_the_letter(caught: CaughtLetter, visit: Visit) -> None:
    page = visit(f"/boite-aux-lettres/{caught.pk}/")
    page.frame_locator("iframe.letter-frame").get_by_role("link", name="Ne plus recevoir").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ne plus recevoir ces lettres").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="C’est noté").wait_for()
    assert actions.post(kind="essai.news", to=Mailbox.objects.get(), at=timezone.now()).state == State.CANCELLED
    page.get_by_role("link", name="Choisir quand et sur quoi").click()
    page.get_by_role("checkbox", name="Les nouvelles").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Enregistrer mes choix").press("Enter")
    page.get_by_text("C’est enregistré.").wait_for()
    assert "essai.fiches" in Mailbox.objects.get().blocked_subjects


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_screens_of_the_mail_make_no_noise_and_do_not_scroll_sideways(
    caught: CaughtLetter, visit: Visit, live_server: LiveServer, width: int
) -> None:
    """In the admin: no breach of the content policy (`visit` listens), nothing cut off."""
    client = Client()
    client.force_login(holder(Role.AGENT))
    actions.open_to_do(title="Appeler la structure", once_key="one", about=source(), at=timezone.now())
    mailbox = actions.mailbox_for("ailleurs@exemple.test", at=timezone.now())
    actions.stop(mailbox=mailbox, reason=StopReason.BOUNCE, by=None, at=timezone.now(), happened_at=timezone.now())
    page = visit("/sante/vif", width=width)
    cookie = client.cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": cookie, "url": live_server.url}])
    cut_off = {}
    for name, args in (("letters", []), ("letter", [caught.letter_id]), ("to_dos", []), ("stopped", [])):
        page.goto(live_server.url + reverse(f"mail_office:{name}", args=args))
        page.locator("h1").first.wait_for()
        if found := overflow(page):
            cut_off[name] = found
    assert cut_off == {}
