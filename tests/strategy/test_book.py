"""The plan in a workbook: out and in again without loss, whole or refused with each place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from maillage.accounts.enums import Role
from maillage.kernel.models import JournalEntry
from maillage.strategy import actions
from maillage.strategy.book.reading import Book, BookRefused, read_book
from maillage.strategy.book.writing import workbook_of
from maillage.strategy.enums import Money, State
from maillage.strategy.models import BudgetLine, Measure, News, Step
from maillage.strategy.queries.people import who_may_be_named
from tests.accounts.people import holder
from tests.factories import AT
from tests.strategy.world import plan

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def measure() -> Measure:
    found = plan()
    agent = holder(Role.AGENT, first_name="Bruno", last_name="Essai")
    facts = {
        "state": State.PAUSED, "state_note": "=1+1 faute de salle", "owner": agent, "end_date": date(2027, 3, 1),
        "frameworks": ["pat", "crte"], "partners": "La mairie\net le pont", "risks": "  des blancs  ",
    }  # fmt: skip
    actions.steer_measure(measure=found, facts=facts, by=None, at=AT, must_be_as_seen=False)
    step = actions.add_step(measure=found, title="Inviter", due_date=date(2026, 5, 1), by=None, at=AT)
    actions.add_step(measure=found, title="Écrire", by=None, at=AT)
    actions.finish_step(step=step, by=None, at=AT)
    actions.add_budget_line(
        measure=found, funder="PETR", year=2026, stage=Money.HOPED, amount=Decimal("10.50"), by=None, at=AT
    )
    actions.tell_news(measure=found, text="Bonjour.\nÀ tous.", news_date=AT.date(), by=None, at=AT)
    found.refresh_from_db()
    return found


def book_of(measure: Measure, tmp_path: Path, change: Callable[[Any], None] = lambda book: None) -> Book:
    """The plan written at AT, changed in a spreadsheet, read back."""
    with workbook_of(measure.strategy, AT) as written:
        opened = load_workbook(BytesIO(written.read()))
    change(opened)
    path = tmp_path / "plan.xlsx"
    opened.save(path)
    return read_book(path, who_may_be_named(AT.date()))


def given_back(measure: Measure, book: Book, **facts: Any) -> list[str]:
    return actions.import_plan(strategy=measure.strategy, book=book, by=None, at=LATER, **facts).lines


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Measure, Step, BudgetLine, News)]


def refused(measure: Measure, tmp_path: Path, change: Callable[[Any], None]) -> list[str]:
    before = everything()
    with pytest.raises(BookRefused) as refusal:
        given_back(measure, book_of(measure, tmp_path, change))
    assert everything() == before
    return refusal.value.problems


def test_given_back_as_it_is_it_changes_nothing(measure: Measure, tmp_path: Path) -> None:
    before, acts = everything(), JournalEntry.objects.count()
    assert given_back(measure, book_of(measure, tmp_path)) == []
    assert (everything(), JournalEntry.objects.count()) == (before, acts)


def test_each_change_is_told_and_written(measure: Measure, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["Mesures"]["D2"] = "En cours"
        book["Mesures"].append(["1.3", "Un jardin", "", "À lancer", "", "Haute"])
        book["Étapes"].delete_rows(3)
        book["Étapes"].append(["1.1", 3, "Planter", "Bruno", "01/04/2027", ""])
        book["Budget"]["E2"] = "1 234,50 €"
        book["Nouvelles"].append(["1.1", AT.date(), "Une de plus."])

    lines = given_back(measure, book_of(measure, tmp_path, change))
    assert lines == [
        "1.1 : état", "1.1 : étape retirée, « Écrire »", "1.1 : nouvelle étape, « Planter »",
        "1.1 : montant changé, PETR 2026", "1.1 : une nouvelle de plus", "1.3 : nouvelle mesure", "1.3 : priorité",
    ]  # fmt: skip
    measure.refresh_from_db()
    assert measure.state == State.UNDER_WAY
    assert Step.objects.get(title="Planter").due_date == date(2027, 4, 1)
    assert BudgetLine.objects.get().amount == Decimal("1234.50")
    assert Measure.objects.get(code="1.3").is_added


def test_a_trial_says_the_same_and_writes_nothing(measure: Measure, tmp_path: Path) -> None:
    before = everything()
    book = book_of(measure, tmp_path, lambda opened: opened["Mesures"].__setitem__("D2", "En cours"))
    assert given_back(measure, book, is_dry_run=True) == ["1.1 : état"]
    assert everything() == before


@pytest.mark.parametrize(("cell", "value", "said"), [
    (("Mesures", "D2"), "Presque", "Feuille « Mesures », ligne 2, colonne « état » : « Presque » n’est pas connu"),
    (("Mesures", "H2"), "Personne Inconnue", "colonne « suivie par »"),
    (("Mesures", "L2"), "le 3 mars", "n’est pas un jour"),
    (("Mesures", "E2"), "", "Dites en quelques mots pourquoi"),
    (("Mesures", "B2"), "Autre titre", "celle du document"),
    (("Mesures", "A3"), "1.1", "la même que la ligne 2"),
    (("Mesures", "A3"), "9.1", "pas d’axe"),
    (("Étapes", "A2"), "8.8", "n’est pas dans la feuille « Mesures »"),
    (("Étapes", "F2"), "2099-01-01", "un jour à venir"),
    (("Étapes", "B2"), "premier", "nombre entier"),
    (("Budget", "E2"), "beaucoup", "montant en euros"),
    (("Budget", "E2"), "-5", "montant en euros"),
    (("Nouvelles", "C2"), "x" * 601, "600 signes au plus"),
    (("Lisez-moi", "B2"), "hier", "ne dit plus quand"),
    (("Lisez-moi", "B1"), "autre-plan", "autre plan"),
])  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(
    measure: Measure, tmp_path: Path, cell: tuple[str, str], value: str, said: str
) -> None:
    problems = refused(measure, tmp_path, lambda book: book[cell[0]].__setitem__(cell[1], value))
    assert said in " ".join(problems)


def test_a_missing_sheet_and_a_missing_column_are_said(measure: Measure, tmp_path: Path) -> None:
    assert "« Budget » manque" in refused(measure, tmp_path, lambda book: book.remove(book["Budget"]))[0]
    assert "« titre » manque" in refused(measure, tmp_path, lambda book: book["Mesures"].delete_cols(2))[0]


def test_what_somebody_changed_since_the_export_is_not_overwritten(measure: Measure, tmp_path: Path) -> None:
    book = book_of(measure, tmp_path, lambda opened: opened["Mesures"].__setitem__("D2", "En cours"))
    actions.add_step(measure=measure, title="Entre-temps", by=None, at=AT + timedelta(hours=1))
    with pytest.raises(BookRefused) as refusal:
        given_back(measure, book)
    (problem,) = refusal.value.problems
    assert problem.startswith("La mesure 1.1 a changé depuis l’export")
    assert Step.objects.filter(title="Entre-temps").exists()


def test_measures_that_are_not_in_it_stay(measure: Measure, tmp_path: Path) -> None:
    def keep_one(book: Any) -> None:
        book["Mesures"].delete_rows(3, 10)

    assert given_back(measure, book_of(measure, tmp_path, keep_one)) == []
    assert Measure.objects.count() == 4


@pytest.mark.usefixtures("wagtail_roots")
def test_an_agent_takes_it_tries_it_and_imports_it(client: Client, measure: Measure) -> None:
    client.force_login(holder(Role.AGENT, email="agente@exemple.test"))
    home = "/gestion/strategie/classeur/"
    content = client.get(f"{home}plan.xlsx").content
    opened = load_workbook(BytesIO(content))
    opened["Mesures"]["D2"] = "En cours"
    target = BytesIO()
    opened.save(target)

    def send(what: bytes) -> Any:
        return client.post(f"{home}essai/", {"file": SimpleUploadedFile("plan.xlsx", what)})

    page = send(target.getvalue())
    assert (page.status_code, "1.1 : état" in page.content.decode()) == (200, True)
    measure.refresh_from_db()
    assert measure.state == State.PAUSED
    sealed = page.context["sealed"]
    assert client.post(f"{home}import/", {"sealed": sealed}).status_code == 302
    measure.refresh_from_db()
    assert measure.state == State.UNDER_WAY
    assert "plus d’une heure" in client.post(f"{home}import/", {"sealed": "x"}, follow=True).content.decode()
    assert send(b"pas un classeur").status_code == 422
    assert client.post(f"{home}essai/", {}).status_code == 422
