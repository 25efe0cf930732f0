"""What the capability promises, on the seeded platform: a need said without a script, then its letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.queries import demo_people
from maillage.needs.models import Need
from maillage.outbox import actions as outbox
from maillage.outbox import tasks
from maillage.outbox.enums import Frequency, Weekday
from tests.browser.fixtures import PHONE, Visit
from tests.journeys.test_by_letters import at, come_in, deliver, follow, open_letter, press, title, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
WORDS = "Un bus pour rejoindre la gare le dimanche soir."
ODILE = "odile@exemple.test"


def read_letter(page: Page, words: str) -> None:
    """Let everything leave, whatever a round of the postman takes, then open the last letter that begins so."""
    deliver()
    for _ in range(50):
        if not tasks.deliver():
            break
    open_letter(page, words, ODILE)


def test_an_inhabitant_says_a_need_an_agent_gathers_it_and_letters_tell_what_it_becomes(
    seeded: LiveServer, visit: Visit, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO, settings.ACCOUNT_RATE_LIMITS = True, False
    settings.MEDIA_ROOT, settings.SITE_URL = tmp_path, seeded.url
    page = visit("/besoins/", width=PHONE, javascript=False)

    # Said without a script, without an account; others are shown, and this one is another.
    press(page.get_by_role("link", name="Dire un besoin"))
    write(page, "Que manque-t-il", WORDS)
    page.get_by_label("Pour qui").select_option(label="Les personnes sans voiture")
    page.get_by_label("Où").select_option(label="Péronne")
    write(page, "Votre adresse électronique", ODILE)
    page.wait_for_timeout(2_100)  # a person takes longer than a machine
    press(page.get_by_role("button", name="Dire ce besoin"))
    expect(title(page)).to_have_text("D’autres l’ont peut-être déjà dit")
    press(page.get_by_role("button", name="Non, le mien est autre"))
    expect(title(page)).to_have_text("Merci, c’est noté")
    need = Need.objects.get(words=WORDS)
    press(page.get_by_role("link", name="Voir où il en est"))
    expect(page.get_by_text(WORDS)).to_have_count(0)

    # The address is confirmed by its letter.
    read_letter(page, "Confirmez votre adresse")
    follow(page, "Suivre ce besoin")
    press(page.get_by_role("button", name="Suivre ce besoin"))
    expect(title(page)).to_have_text("C’est noté")
    assert need.voices.get().confirmed_at is not None
    # A reader gets one gathered letter a day at most, unless they want each at once: this story is one day long.
    outbox.set_preferences(
        mailbox=outbox.mailbox_for(ODILE, at=timezone.now()), frequency=Frequency.AT_ONCE, day=Weekday.TUESDAY,
        blocked_subjects=(), by=None, at=timezone.now(),
    )  # fmt: skip

    # An agent reads it, publishes it, and gathers it with those that are alike.
    office = visit("/", width=PHONE)
    come_in(office, next(one for one in demo_people() if one.email.startswith("bruno")).email)
    at(office, "/gestion/besoins/")
    press(office.get_by_role("link", name=WORDS))
    press(office.get_by_role("button", name="Publier ce besoin"))
    expect(office.get_by_text("Publié. Rapprochez-le")).to_be_visible()
    office.get_by_label("Dans quel thème").select_option(label="Mobilité solidaire")
    press(office.get_by_role("button", name="Regrouper les besoins cochés"))
    expect(office.get_by_text("Regroupés. Les personnes")).to_be_visible()
    need.refresh_from_db()
    assert need.theme is not None

    # One letter tells both; then the theme takes a turn, and a letter says it.
    read_letter(page, "")
    letter = page.locator("pre.letter-text")
    expect(letter).to_contain_text("Votre besoin est publié")
    expect(letter).to_contain_text("Votre besoin est regroupé avec")
    at(office, f"/gestion/besoins/themes/{need.theme.pk}/")
    office.get_by_label("Que se passe-t-il").select_option(label="Dans un appel à projets")
    write(office, "En une phrase", "Un appel à projets pour les bus du soir.")
    press(office.get_by_role("button", name="Dire cette étape"))
    expect(office.get_by_text("C’est dit.")).to_be_visible()
    read_letter(page, "Votre besoin est dans un appel à projets")
    expect(page.locator("pre.letter-text")).to_contain_text("Un appel à projets pour les bus du soir.")

    # Whoever reads the page of the need sees the whole line, and whoever had enough stops.
    at(page, need.get_absolute_url())
    for words in (WORDS, "Lu et publié", "Mobilité solidaire", "Un appel à projets pour les bus du soir."):
        expect(page.get_by_text(words).first).to_be_visible()
    read_letter(page, "Votre besoin est dans un appel à projets")
    follow(page, "Ne plus suivre ce besoin")
    press(page.get_by_role("button", name="Ne plus suivre ce besoin"))
    expect(title(page)).to_have_text("C’est noté")
    assert need.voices.get().stopped_at is not None
