from __future__ import annotations

import io

import cv2
import numpy
import pikepdf
import pypdfium2
import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from maillage.portal import poster
from maillage.portal.queries.communes import commune_page
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory
from tests.portal.sheets import published
from ui.print import compile as printing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]


def sheet(code: str = "80001") -> dict[str, object]:
    page = commune_page(home_territory(), Commune.objects.get(pk=code))
    return poster.sheet_of(page, home_territory(), "https://ess.exemple.test/communes/80001/")


def pdf(client: Client, code: str = "80001") -> bytes:
    response = client.get(f"/communes/{code}/affiche.pdf")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    return response.content


def test_the_poster_is_one_tagged_a4_page_in_french(client: Client) -> None:
    published("Atelier du Port")
    with pikepdf.open(io.BytesIO(pdf(client))) as document:
        assert len(document.pages) == 1
        assert [round(float(side)) for side in document.pages[0].mediabox] == [0, 0, 595, 842]
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("fr")
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "Péronne" in metadata["dc:title"]


def test_its_code_opens_the_page_of_the_commune(client: Client) -> None:
    drawn = pypdfium2.PdfDocument(pdf(client))[0].render(scale=2).to_numpy()
    address, _, _ = cv2.QRCodeDetector().detectAndDecode(numpy.ascontiguousarray(drawn[:, :, :3]))
    assert address == "https://ess.exemple.test/communes/80001/"


def test_it_says_who_is_here_then_who_is_near_and_what_is_an_example() -> None:
    published("Atelier du Port", contact_consent_at="2026-01-01T00:00:00+00:00", phone="03 22 00 00 00")
    published("Jardin d’Y", "80002", is_example=True, phone="03 22 11 11 11")
    told = sheet()
    assert told["entries"] == [
        {"name": "Atelier du Port", "text": "", "place": "Dans la commune · 03 22 00 00 00"},
        {"name": "Jardin d’Y", "text": "", "place": "Y, à 7\xa0km · donnée d’exemple"},
    ]
    assert (told["total"], told["lead"]) == (2, "1\xa0structure dans la commune, et d’autres tout près.")


def test_without_any_structure_it_asks_to_be_told(client: Client) -> None:
    assert sheet()["entries"] == []
    assert "Faites-la connaître" in str(sheet()["empty"])
    text = pypdfium2.PdfDocument(pdf(client))[0].get_textpage().get_text_range()
    assert "Péronne" in text


def test_the_person_to_call_stands_on_it_when_known(settings: Settings) -> None:
    settings.CONTACT = {"organisation": "Le PETR", "person": "Camille", "phone": "03 00", "email": "", "address": ""}
    assert sheet()["contact"] == {"name": "Camille", "role": "Le PETR", "phone": "03 00", "email": ""}


def test_the_same_content_is_typeset_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pdf(client)
    made: list[str] = []

    def again(*_args: object, **_named: object) -> bytes:
        made.append("again")
        return b"%PDF-again"

    monkeypatch.setattr(printing, "typeset", again)
    page = commune_page(home_territory(), Commune.objects.get(pk="80001"))
    assert (poster.pdf_of(page, home_territory()), made) == (first, [])
    published("Atelier du Port")
    changed = commune_page(home_territory(), Commune.objects.get(pk="80001"))
    assert (poster.pdf_of(changed, home_territory()), made) == (b"%PDF-again", ["again"])
    cache.clear()
