"""Other sites show our sheets in a frame, and follow the new ones."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from maillage.directory.models import Organisation
from tests.directory.test_sheet import published
from tests.factories import small_territory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sheets(settings: Settings) -> list[Organisation]:
    small_territory()
    made = [published("Atelier vélo"), published("Ressourcerie"), published("Inventée", is_example=True)]
    published("Cachée", status="to_review")
    call_command("rebuild_index", verbosity=0)
    return made


def test_the_frame_shows_what_its_address_asks_and_may_stand_in_any_site(
    client: Client, sheets: list[Organisation]
) -> None:
    answer = client.get("/integrer/annuaire/?q=velo")
    page = answer.content.decode()
    assert ("Atelier vélo" in page, "Ressourcerie" in page, "Cachée" in page) == (True, False, False)
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert "<script" not in page


def test_no_other_page_may_be_framed(client: Client, sheets: list[Organisation]) -> None:
    for address in ("/", "/annuaire/", "/integrer/", "/connexion/"):
        answer = client.get(address)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], address
        assert answer["X-Frame-Options"] == "DENY", address


def test_the_configurator_writes_the_lines_to_copy(client: Client, sheets: list[Organisation]) -> None:
    page = client.get("/integrer/?commune=80620&hauteur=400&intrus=1").content.decode()
    assert '/integrer/annuaire/?commune=80620" title=' in page
    assert 'height="400"' in page
    assert "intrus" not in page
    assert client.get("/integrer/?hauteur=9999&q=<script>").content.decode().count("<script>") == 0


def test_the_feed_lists_the_real_sheets_the_newest_first(client: Client, sheets: list[Organisation]) -> None:
    answer = client.get("/actus.rss")
    assert answer["Content-Type"].startswith("application/rss+xml")
    titles = [one.text for one in ET.fromstring(answer.content).iterfind("./channel/item/title")]
    assert titles == ["Ressourcerie", "Atelier vélo"]
