"""What the room tells to the house: figures, proofs, evidence, examples, what must hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, ForecastLine
from maillage.directory.models import Organisation
from maillage.grants import actions, gauges
from maillage.grants.checks import find_breaches
from maillage.grants.enums import InstalmentKind
from maillage.grants.evidence import EVIDENCE
from maillage.grants.manifest import count_awards
from maillage.grants.models import Decision, DeMinimisAid, UndertakingMember
from maillage.grants.seeds.examples import plant_grants
from maillage.strategy.actions import load_strategy
from maillage.strategy.models import Measure
from maillage.territories.models import Commune
from tests.accounts.people import holder
from tests.calls.reading import recused
from tests.calls.world import AT, a_call, a_line, agent, an_application
from tests.grants.world import awarded, judged, paid, refused, reported, signed, with_forecast
from tests.strategy.counting import differing
from tests.strategy.files import strategy_file

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


def test_figures_count_the_awards_of_the_year_by_epci() -> None:
    town = Commune.objects.filter(epci__isnull=False).order_by("pk")[0]
    awarded(judged(commune=town), "1000.50")
    awarded(judged(is_example=True), "2000")
    refused()

    number, euros = gauges.awarded_count(DAY), gauges.awarded_euros(DAY)

    assert (number.value, dict(number.parts), number.note) == (2, {town.epci_id: 1}, "dont 1\u00a0aide d’exemple")
    assert (euros.value, dict(euros.parts)) == (Decimal("3000.50"), {town.epci_id: Decimal("1000.50")})
    assert gauges.awarded_count(date(2025, 12, 31)).value == 0


def test_figures_follow_payments_others_money_and_people() -> None:
    application = with_forecast(judged())
    ForecastLine.objects.create(
        application=application, code="742", label="Région", amount=Decimal(12500), funding="granted"
    )
    agreement = signed(awarded(application))
    paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    actions.accept_report(report=reported(agreement), eligible=Decimal(5000), by=agent(), at=AT)
    paid(agreement.instalments.get(kind=InstalmentKind.CLAWBACK), "12")

    read = (gauges.paid_euros, gauges.leverage, gauges.people, gauges.jobs, gauges.spent_euros)

    assert [one(DAY).value for one in read] == [Decimal(2000), Decimal("2.50"), 40, Decimal("1.50"), Decimal(5000)]
    assert differing(gauges.GAUGES, DAY, agent()) == {}


def test_who_stays_away_from_a_file_does_not_find_it_in_the_list_of_a_figure() -> None:
    application = with_forecast(judged())
    agreement = signed(awarded(application))
    paid(agreement.instalments.get(kind=InstalmentKind.ADVANCE))
    recused(application, agent())

    [listing] = [one.listing for one in gauges.GAUGES if one.key == "grants.paid_euros"]

    assert gauges.paid_euros(DAY).value > 0
    assert listing is not None
    assert len(listing.read(DAY, agent())) == 0


def test_figures_of_nothing_are_zero() -> None:
    assert {gauge.key: gauge.read(DAY).value for gauge in gauges.GAUGES} == {
        "grants.awarded_count": 0, "grants.awarded_euros": 0, "grants.leverage": 0, "grants.paid_euros": 0,
        "grants.people": 0, "grants.jobs": 0, "grants.spent_euros": 0,
    }  # fmt: skip


def test_awards_prove_the_measure_of_their_scheme() -> None:
    home = Commune.objects.order_by("pk")[0].territories.get()
    load_strategy(document={**strategy_file(), "territory": home.pk}, by=None, at=AT)
    measure = Measure.objects.order_by("code")[0]
    one = awarded(judged(a_call(a_line(measure=measure)), title="Épicerie associative"))
    refused(judged(title="Épicerie refusée"))

    [rule] = EVIDENCE.rules()

    assert list(rule.keys()) == [one.pk]
    assert [key for key, _ in EVIDENCE.find("associative")] == [one.pk]
    assert EVIDENCE.describe([one.pk])[one.pk].title.startswith("Épicerie associative, 5")
    assert count_awards() == 1


def test_examples_are_played_by_the_verbs_once() -> None:
    for email, role in (("bruno@exemple.test", Role.AGENT), ("dina@exemple.test", Role.ADMINISTRATOR)):
        User.objects.filter(pk=holder(role, email=email).pk).update(is_example=True)
    call = a_call()
    for number in range(5):
        judged(call, is_example=True, number=f"EX-{number}")
    an_application(call, is_example=True, number="EX-9", state=ApplicationState.INADMISSIBLE)

    first, again = (plant_grants("demo", AT, lambda _: None) for _ in range(2))

    assert (first, again) == ({"décisions d’exemple": 5}, {})
    states = Application.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["settled", "paying", "refused", "opinion", "cancelled", "inadmissible"]
    assert UndertakingMember.objects.exclude(reason="").count() == 1
    assert list(find_breaches()) == []


def test_without_two_agents_nothing_is_played() -> None:
    judged(is_example=True)

    assert plant_grants("demo", AT, lambda _: None) == {}


def test_what_does_not_hold_is_told() -> None:
    application = judged(a_call(a_line("90000", state_aid="de_minimis")), is_economic=True)
    awarded(application)
    DeMinimisAid.objects.all().delete()
    Application.objects.filter(pk=judged().pk).update(state="granted")

    assert {one.check for one in find_breaches()} == {"grants.minimis_is_registered", "grants.granted_has_award"}
    assert Organisation.objects.count() == Decision.objects.count() + 1


def test_every_figure_of_awards_opens_their_list(client: Client) -> None:
    awarded(judged(), "1000")
    paths = {read(DAY).path for read in (gauges.awarded_count, gauges.awarded_euros, gauges.leverage)}
    assert paths == {"/subventions/?annee=2026"}
    assert client.get(paths.pop()).status_code == 200
