"""Ten minutes before the steering committee: an agent brings the plan up to date and takes the file, by keyboard.

The steps are those of docs/how-to/prepare-the-committee.md.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.models import User
from maillage.strategy.models import Measure, Question
from tests.browser.fixtures import DESK, Visit, let_in
from tests.journeys.test_by_letters import at, press, write
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
FORMS = ("odt", "pdf", "odp")
TEN_MINUTES = 12


def taken(page: Page) -> dict[str, bytes]:
    """The three forms, as the links of the file's page download them."""
    found: dict[str, bytes] = {}
    for form in FORMS:
        with page.expect_download() as kept:
            press(page.locator(f'a[href$="dossier.{form}"]'))
        assert kept.value.suggested_filename.endswith(f".{form}")
        found[form] = kept.value.path().read_bytes()
    return found


def test_an_agent_prepares_the_committee_in_a_dozen_screens(lived_in: LiveServer, visit: Visit) -> None:
    measure, question = Measure.objects.get(code="1.1"), Question.objects.get(text__startswith="Qui a le droit")
    page = visit("/boite-aux-lettres/", width=DESK)
    let_in(page, User.objects.get(email="bruno@exemple.maillage.test"))
    walk = Walk(page)

    # What is late is brought up to date.
    at(page, "/gestion/strategie/")
    walk.link(str(measure))
    press(page.locator("summary", has_text="Choisir ensemble la fréquence"))
    walk.button("Faite aujourd’hui : Choisir ensemble la fréquence")
    expect(page.get_by_text("L’étape est enregistrée")).to_be_visible()
    write(page, "Quoi de neuf", "On se verra chaque trimestre.")
    walk.button("Publier la nouvelle")

    # The inhabitant who waits is answered.
    at(page, "/gestion/strategie/questions/")
    walk.link("Qui a le droit de changer la fiche")
    write(page, "Votre réponse, ou votre raison", "La structure, et l’équipe du territoire.")
    walk.button("Enregistrer")
    question.refresh_from_db()
    assert question.answer

    # The file of the day: three questions at most, each with what raised it; three forms.
    at(page, "/gestion/comite/")
    walk.button("Préparer le dossier")
    expect(page.get_by_role("heading", name="Trois questions à trancher")).to_be_visible()
    asked = page.get_by_role("region", name="Trois questions à trancher").get_by_role("link")
    assert 1 <= asked.count() <= 3
    assert all(one.inner_text().rstrip().endswith("?") for one in asked.all())
    first, address = taken(page), page.url
    assert first["pdf"].startswith(b"%PDF")
    for form in ("odt", "odp"):
        with zipfile.ZipFile(io.BytesIO(first[form])) as inside:
            kind = {"odt": "text", "odp": "presentation"}[form]
            assert inside.read("mimetype") == f"application/vnd.oasis.opendocument.{kind}".encode()
            assert inside.read("content.xml")

    # Prepared again on the same day, it is the same file to the byte.
    at(page, "/gestion/comite/")
    walk.button("Préparer le dossier")
    assert page.url == address
    assert taken(page) == first
    assert len(walk.pages) <= TEN_MINUTES, walk.pages
