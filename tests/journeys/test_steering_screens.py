"""Screens that steer the strategy, on the seeded world: nothing that axe calls wrong, nothing that sticks out."""

from __future__ import annotations

import pytest
from pytest_django.live_server_helper import LiveServer

from maillage.accounts.models import User
from maillage.steering.models import CommitteeFile
from maillage.strategy.models import Measure, Question
from tests.browser.fixtures import DESK, PHONE, Axe, Visit, let_in, overflow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_steering_the_strategy_has_nothing_that_axe_calls_wrong_and_nothing_sticks_out(
    lived_in: LiveServer, visit: Visit, axe: Axe, width: int
) -> None:
    measure, file = Measure.objects.get(code="1.3"), CommitteeFile.objects.latest("pk")
    question = Question.objects.latest("pk")
    page = visit("/sante/vif", width=width)
    faults = {}

    def look(*paths: str) -> None:
        for path in paths:
            page.goto(lived_in.url + path)
            for one in page.locator("main details").all():
                one.evaluate("each => { each.open = true }")
            if found := overflow(page) + axe(page):
                faults[path] = found

    let_in(page, User.objects.get(email="edith@exemple.maillage.test"))
    look("/moi/", "/moi/strategie/", "/moi/instances/")
    let_in(page, User.objects.get(email="bruno@exemple.maillage.test"))
    plan = "/gestion/strategie/"
    look(plan, f"{plan}mesures/{measure.pk}/?preuve=atelier", f"{plan}classeur/", f"{plan}questions/",
         f"{plan}questions/{question.pk}/", "/gestion/comite/", f"/gestion/comite/{file.pk}/")  # fmt: skip
    assert faults == {}
