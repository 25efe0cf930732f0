"""The sheet of a measure on paper."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import cv2
import numpy
import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from maillage.strategy import actions, paper
from maillage.strategy.enums import Money, State
from maillage.strategy.models import Measure
from maillage.strategy.queries import standings
from tests.factories import AT, territory
from tests.strategy.files import strategy_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    territory(siren="200000009")
    actions.load_strategy(document=strategy_file(), by=None, at=AT)
    return Measure.objects.get(code="1.1")


def read(client: Client, path: str) -> tuple[bytes, str]:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = pypdfium2.PdfDocument(answer.content)
    return answer.content, " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_the_sheet_is_tagged_and_says_where_the_measure_stands(client: Client, measure: Measure) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    facts = {"state": State.BLOCKED, "state_note": "La salle manque.", "carried_by": "La mairie"}
    actions.steer_measure(measure=measure, facts=facts, by=None, at=AT)
    actions.add_step(measure=measure, title="Trouver une salle", who="Jeanne", by=None, at=AT, due_date=yesterday)
    actions.tell_news(measure=measure, text="On cherche encore.", news_date=AT.date(), by=None, at=AT)
    pdf, words = read(client, "/strategie/1.1/fiche.pdf")
    with pikepdf.open(BytesIO(pdf)) as document:
        assert (len(document.pages), bool(document.Root.MarkInfo.Marked)) == (1, True)
        assert str(document.Root.Lang).startswith("fr")
    for said in ("Un collectif", "En retard (bloquée)", "La salle manque.", "La mairie", "Trouver une salle",
                 "par Jeanne", "0 faite sur 1", "On cherche encore.", "/strategie/1.1"):  # fmt: skip
        assert said in words


def test_its_code_opens_the_page_of_the_measure(client: Client, measure: Measure) -> None:
    pdf, _ = read(client, "/strategie/1.1/fiche.pdf")
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_numpy()
    address, _, _ = cv2.QRCodeDetector().detectAndDecode(numpy.ascontiguousarray(drawn[:, :, :3]))
    assert address.endswith("/strategie/1.1/")


def test_a_measure_without_anything_says_so(client: Client, measure: Measure) -> None:
    _, words = read(client, "/strategie/G.1/fiche.pdf")
    assert "Aucune étape" in words
    assert "nouvelles" not in words


def test_the_same_day_gives_the_same_bytes(measure: Measure) -> None:
    [standing] = standings.standings([measure], AT.date())
    assert paper.pdf_of(standing, AT.date()) == paper.pdf_of(standing, AT.date())


def test_the_longest_measure_takes_more_pages_and_loses_nothing(client: Client, measure: Measure) -> None:
    for number in range(60):
        actions.add_step(measure=measure, title=f"Étape numéro {number} " + "longue " * 20, by=None, at=AT)
    pdf, words = read(client, "/strategie/1.1/fiche.pdf")
    assert len(pypdfium2.PdfDocument(pdf)) > 1
    assert all(f"Étape numéro {number} " in words for number in range(60))


def test_a_sheet_of_nothing_is_not_found(client: Client, measure: Measure) -> None:
    assert client.get("/strategie/9.9/fiche.pdf").status_code == 404


def test_the_sheet_says_the_money_by_stage(measure: Measure) -> None:
    for stage, amount in ((Money.HOPED, "30000"), (Money.PROMISED, "12000")):
        actions.add_budget_line(
            measure=measure, funder="La Région", year=2027, stage=stage, amount=Decimal(amount), by=None, at=AT
        )
    [standing] = standings.standings([measure], AT.date())
    facts = {one["label"]: one["value"] for one in paper.sheet_of(standing, AT.date(), "https://x.test/")["facts"]}
    assert facts["Budget"].replace("\u202f", " ").replace("\u00a0", " ") == "30 000,00 € (espéré), 12 000,00 € (acquis)"
