"""What the capability promises, played on the seeded platform by keyboard on a phone, with the mail caught in its page.

One story: an organisation confirms its sheet from a letter; another is claimed, edited, illustrated, and its neighbour
refused; a visitor's correction is kept by half by the liaison officer; an agent sees all of it in the feed.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.models import User
from maillage.accounts.queries import demo_people
from maillage.directory.models import Organisation
from maillage.outbox import tasks
from maillage.outbox.models import Letter
from maillage.space.deciding import epci_of, running_officers
from maillage.space.models import Membership, Suggestion
from tests.browser.fixtures import PHONE, Visit, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


def press(target: Locator) -> None:
    """Reach it with the keyboard and press Enter: it must be able to hold the focus."""
    target.first.focus()
    expect(target.first).to_be_focused()
    target.page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    field = page.get_by_label(label).first
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def at(page: Page, path: str) -> None:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
    assert overflow(page) == [], path


def deliver() -> None:
    """The worker's round: what waits is gathered and leaves for the demonstration's mailbox."""
    Letter.objects.filter(left_at=None).update(due_at=timezone.now())
    tasks.prepare_letters()
    tasks.deliver()


def open_letter(page: Page, words: str, to: str) -> None:
    """The last letter to this address whose title begins so, in the mailbox of the demonstration."""
    deliver()
    at(page, "/boite-aux-lettres/")
    row = page.locator("tbody tr").filter(has_text=to).filter(has_text=words)
    press(row.get_by_role("link"))
    expect(title(page)).to_contain_text(words)


def follow(page: Page, label: str) -> None:
    """Follow the signed link of this button of the open letter, from its plain text."""
    words = page.locator("pre.letter-text").inner_text()
    found = re.search(rf"^{re.escape(label)}\s*:\s*\n(\S+)", words, re.MULTILINE)
    assert found, words
    press(page.locator(f'pre.letter-text a[href="{found[1]}"]'))


def come_in(page: Page, email: str) -> None:
    """Sign in by the code of a letter; then by the application of codes, where it is asked."""
    at(page, "/moi/")
    write(page, "Votre adresse électronique", email)
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Le code reçu par courriel")
    deliver()
    with_code = page.context.new_page()
    with_code.goto(page.url.split("/connexion/")[0] + "/boite-aux-lettres/")
    with_code.locator("tbody tr").filter(has_text=email).first.get_by_role("link").click()
    letter = with_code.locator("pre.letter-text").inner_text()
    with_code.close()
    found = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", letter)
    assert found, letter
    write(page, "Code reçu", found[1])
    page.keyboard.press("Enter")
    expect(title(page)).not_to_have_text("Le code reçu par courriel")
    if title(page).inner_text() == "Deuxième vérification":
        write(page, "Code de l’application", fresh_figures(email))
        page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Mon espace")


USED: set[str] = set()


def fresh_figures(email: str) -> str:
    """The six figures that the application of this example person shows; each is good once, so a new one is awaited."""
    for _ in range(400):
        code = next(one.code for one in demo_people() if one.email == email)
        if code not in USED:
            USED.add(code)
            return code
        time.sleep(0.1)
    raise AssertionError("the application shows the same figures for ever")


def leave(page: Page) -> None:
    page.context.clear_cookies()
    cache.clear()


def drawn(path: Path) -> Path:
    """A picture of nobody, with a place hidden in it."""
    told = Image.Exif()
    told[0x010E] = "zqlieu"
    Image.effect_noise((900, 600), 60).convert("RGB").save(path, "JPEG", exif=told)
    return path


def test_a_week_of_letters_on_a_phone_by_keyboard(
    seeded: LiveServer, visit: Visit, settings: Settings, tmp_path: Path
) -> None:
    settings.DEMO, settings.ACCOUNT_RATE_LIMITS = True, False
    settings.MEDIA_ROOT, settings.SITE_URL = tmp_path, seeded.url
    # The neighbour's refusal is a 403, which the console tells.
    page = visit("/", width=PHONE, quiet=False)

    # An organisation confirms its sheet from a letter, without signing in.
    open_letter(page, "", "alice@exemple.maillage.test")
    follow(page, "Toujours valable")
    press(page.get_by_role("button", name="Oui, c’est toujours valable"))
    expect(title(page)).to_have_text("Merci, c’est noté")
    press(page.get_by_role("link", name="Voir la fiche"))
    expect(page).to_have_url(re.compile("/annuaire/"))
    confirmed = Organisation.objects.get(slug=page.url.rstrip("/").rsplit("/", 1)[1])
    assert confirmed.verified_at is not None
    assert timezone.localdate(confirmed.verified_at) == timezone.localdate()

    # Another one is claimed by a word to the team; an agent says yes.
    held = Membership.objects.values("organisation")
    free = Organisation.objects.published().filter(is_example=True, claims=None).exclude(pk__in=held).order_by("pk")[0]
    at(page, free.get_absolute_url())
    press(page.get_by_role("link", name="C’est ma structure"))
    write(page, "Votre nom", "Camille Exemple")
    write(page, "Votre adresse électronique", "camille@exemple.test")
    write(page, "Qu’est-ce qui vous lie à cette structure ?", "J’en suis la présidente.")
    press(page.get_by_role("button", name="Envoyer ma demande"))
    expect(title(page)).to_have_text("C’est parti")
    agent = next(one for one in demo_people() if one.email.startswith("bruno"))
    come_in(page, agent.email)
    at(page, "/gestion/espaces/reprises/")
    press(page.get_by_role("button", name="Accepter la demande de Camille Exemple"))
    expect(page.get_by_text("C’est décidé")).to_be_visible()
    leave(page)

    # She edits the sheet and gives it a picture.
    open_letter(page, "La fiche", "camille@exemple.test")
    come_in(page, "camille@exemple.test")
    at(page, f"/moi/structures/{free.pk}/")
    write(page, "Horaires", "du lundi au jeudi 9h-12h")
    press(page.get_by_role("button", name="Enregistrer"))
    expect(page.get_by_text("C’est enregistré").first).to_be_visible()
    at(page, f"/moi/structures/{free.pk}/image/")
    page.get_by_label("Votre image").set_input_files(drawn(tmp_path / "photo.jpg"))
    write(page, "Décrivez-la en quelques mots", "Un motif gris")
    page.get_by_label("J’ai l’accord des personnes reconnaissables").focus()
    page.keyboard.press("Space")
    press(page.get_by_role("button", name="Enregistrer l’image"))
    expect(page.locator("figure.own-picture img")).to_have_attribute("alt", "Un motif gris")
    free.refresh_from_db()
    assert free.establishments.get(is_main=True).opening_hours == "Mo-Th 09:00-12:00"
    assert free.picture is not None
    with free.picture.file.open() as kept:
        assert b"zqlieu" not in kept.read()
    leave(page)

    # Its neighbour is refused, and told what to do.
    come_in(page, "alice@exemple.maillage.test")
    at(page, f"/moi/structures/{free.pk}/")
    expect(title(page)).to_have_text("Cette fiche n’est pas dans votre espace")
    expect(page.get_by_text("proposer une correction")).to_be_visible()
    leave(page)

    # A visitor corrects two lines of a sheet that nobody holds; the liaison officer of its CC keeps one.
    today = timezone.localdate()
    suggestion = Suggestion.objects.exclude(email="").filter(organisation__memberships=None).order_by("pk")[0]
    other = suggestion.organisation
    at(page, f"{other.get_absolute_url()}corriger/")
    for summary in page.locator("summary").all():
        press(summary)
    write(page, "Activités", "Réparation de vélos")
    write(page, "Services rendus", "Tout ce qu’on veut")
    write(page, "Votre nom", "Chloé Exemple")
    write(page, "Votre adresse électronique", "chloe@exemple.test")
    page.wait_for_timeout(2_100)  # a person takes longer than a machine
    press(page.get_by_role("button", name="Proposer ces corrections"))
    expect(title(page)).to_have_text("Merci, c’est noté")
    proposed = Suggestion.objects.latest("pk")
    epci = epci_of(other)
    assert epci is not None
    officer: User = running_officers(today, [epci])[0].user
    come_in(page, officer.email)
    at(page, f"/moi/propositions/{proposed.pk}/")
    page.get_by_label("Garder : Activités").focus()
    page.keyboard.press("Space")
    write(page, "Pourquoi pas le reste", "Ce n’est pas un service.")
    press(page.get_by_role("button", name="Enregistrer ma décision"))
    expect(page.get_by_text("La fiche est corrigée").first).to_be_visible()
    other.refresh_from_db()
    assert other.activities == "Réparation de vélos"
    assert other.services != "Tout ce qu’on veut"
    leave(page)
    open_letter(page, "Merci pour votre proposition", "chloe@exemple.test")
    expect(page.locator("pre.letter-text")).to_contain_text("Gardé")
    expect(page.locator("pre.letter-text")).to_contain_text("Pas gardé")

    # The agent reads all of it in the feed.
    come_in(page, agent.email)
    at(page, "/gestion/fil/")
    for sentence in (
        f"La structure confirme sa fiche : {confirmed.name}",
        f"Quelqu’un demande à tenir la fiche de {free.name}",
        f"a décidé qui tient la fiche de {free.name}",
        f"modifie {free.name}",
        f"Quelqu’un propose de corriger {other.name}",
        f"a décidé d’une proposition pour {other.name}",
    ):
        expect(page.get_by_text(sentence).first).to_be_visible()
