"""The money of a measure: who gives, for which year, and how sure it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.accounts.enums import Role
from maillage.strategy import actions
from maillage.strategy.enums import Money
from maillage.strategy.models import BudgetLine, Measure
from maillage.strategy.queries.budget import budget_of, budget_of_plan
from tests.accounts.people import holder
from tests.factories import AT
from tests.strategy.world import plan

pytestmark = pytest.mark.django_db


def add(measure: Measure, funder: str = "La Région", stage: Money = Money.HOPED, amount: int = 100) -> BudgetLine:
    return actions.add_budget_line(
        measure=measure, funder=funder, year=2026, stage=stage, amount=Decimal(amount), by=None, at=AT
    )


def test_sums_do_not_count_money_twice() -> None:
    measure = plan()
    add(measure, "La Région", Money.PROMISED, 100)
    add(measure, "La Région", Money.SPENT, 60)
    add(measure, "Le PETR", Money.HOPED, 300)
    found = budget_of(measure)
    assert found.by_stage == [
        (Money.HOPED, Decimal(300)), (Money.PROMISED, Decimal(100)), (Money.SPENT, Decimal(60)),
    ]  # fmt: skip
    assert found.by_funder == [("Le PETR", Decimal(300)), ("La Région", Decimal(100))]
    assert budget_of_plan(measure.strategy).by_funder == found.by_funder


def test_the_same_line_twice_is_refused_and_its_sum_can_change() -> None:
    measure = plan()
    line = add(measure)
    with pytest.raises(actions.SteeringRefused):
        add(measure)
    actions.change_budget_line(line=line, stage=Money.PROMISED, amount=Decimal(80), by=None, at=AT)
    add(measure)
    with pytest.raises(actions.SteeringRefused) as refusal:
        actions.change_budget_line(line=line, stage=Money.HOPED, amount=Decimal(80), by=None, at=AT)
    assert refusal.value.field == "stage"


@pytest.mark.parametrize(("year", "amount", "field"), [(2026, 0, "amount"), (1999, 10, "year"), (2040, 10, "year")])
def test_no_money_and_far_years_are_refused(year: int, amount: int, field: str) -> None:
    with pytest.raises(actions.SteeringRefused) as refusal:
        actions.add_budget_line(
            measure=plan(), funder="X", year=year, stage=Money.HOPED, amount=Decimal(amount), by=None, at=AT
        )
    assert refusal.value.field == field


def test_a_line_of_nothing_cannot_be_kept() -> None:
    line = add(plan())
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(amount=0)


def test_a_line_that_is_gone_is_said() -> None:
    line = add(plan())
    actions.remove_budget_line(line=line, by=None, at=AT)
    with pytest.raises(actions.SteeringRefused):
        actions.change_budget_line(line=line, stage=Money.HOPED, amount=Decimal(8), by=None, at=AT)


@pytest.mark.usefixtures("wagtail_roots")
def test_an_agent_writes_lines_and_everybody_reads_them(client: Client) -> None:
    cache.clear()
    measure = plan()
    client.force_login(holder(Role.AGENT))
    page = f"/gestion/strategie/mesures/{measure.pk}/budget/"
    typed = {"funder": "La Région", "year": "2026", "stage": "hoped", "amount": "1234,50"}
    assert client.post(page, typed).status_code == 302
    again = client.post(page, typed)
    assert (again.status_code, "Il y a déjà une ligne" in again.content.decode()) == (422, True)
    assert client.post(page, {**typed, "amount": "zéro"}).status_code == 422
    line = BudgetLine.objects.get()
    assert client.post(f"/gestion/strategie/budget/{line.pk}/", {"stage": "spent", "amount": "10"}).status_code == 302
    assert "10,00\xa0€" in Client().get("/strategie/1.1/").content.decode()
    client.post(f"/gestion/strategie/budget/{line.pk}/retirer/")
    assert not BudgetLine.objects.exists()
