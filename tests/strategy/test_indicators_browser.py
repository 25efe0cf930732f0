"""What agents keep of the strategy, in a real browser: nothing that axe calls wrong, nothing that sticks out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from maillage.accounts.enums import Role
from maillage.strategy.actions import load_strategy
from maillage.strategy.actions.measuring import load_indicators, record_reading, set_target
from maillage.strategy.models import Indicator
from tests.accounts.people import holder
from tests.browser.fixtures import DESK, PHONE, Axe, Visit, let_in, overflow
from tests.factories import AT, TODAY, territory
from tests.strategy.files import indicator_file, strategy_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.usefixtures("wagtail_roots")
def test_the_indicators_of_agents_have_nothing_that_axe_calls_wrong(visit: Visit, axe: Axe, width: int) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    load_indicators(document=indicator_file(), by=None, at=AT)
    agent, one = holder(Role.AGENT, first_name="Bruno"), Indicator.objects.select_related("strategy").get(code="2.1")
    record_reading(indicator=one, on=TODAY, value=Decimal(3), note="Feuille", by=agent, at=AT)
    set_target(indicator=one, year=2027, value=Decimal(9), by=agent, at=AT)
    page = visit("/sante/vif", width=width)
    let_in(page, agent)
    home, faults = page.url.removesuffix("/sante/vif"), {}
    computed = Indicator.objects.get(code="1.1").pk
    for path in ("", f"{one.pk}/?jour={TODAY}", f"{computed}/"):
        page.goto(f"{home}/gestion/strategie/indicateurs/{path}")
        if found := overflow(page) + axe(page):
            faults[path] = found
    assert faults == {}
