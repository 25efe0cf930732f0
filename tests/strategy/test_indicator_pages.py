"""The figures of the strategy, as anybody reads them and as agents keep them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.kernel import registry
from maillage.kernel.counted import CountedLine, CountedList, Fold, Listing
from maillage.kernel.edition import forget
from maillage.kernel.registry import Figure, Gauge, Manifest, Milestone
from maillage.strategy.actions import load_strategy
from maillage.strategy.actions.measuring import load_indicators, record_reading, set_target
from maillage.strategy.drawing import draw
from maillage.strategy.models import Indicator, Reading, Strategy
from maillage.strategy.queries.indicators import board_of, office_rows
from tests.accounts.people import holder
from tests.factories import AT, TODAY, epci, territory
from tests.strategy.files import indicator_file, strategy_file

pytestmark = pytest.mark.django_db
LIST, OFFICE = "/strategie/indicateurs/", "/gestion/strategie/indicateurs/"


def make_plan() -> None:
    epcis = [epci(f"CC {name}", siren=f"20000000{rank}") for rank, name in enumerate(("A", "B", "C"), start=1)]
    territory(siren="200000009", epcis=epcis)
    load_strategy(document=strategy_file(), by=None, at=AT)
    load_indicators(document=indicator_file(), by=None, at=AT)


@pytest.fixture
def plan(db: None) -> None:
    make_plan()


def of(code: str) -> Indicator:
    return Indicator.objects.select_related("strategy").get(code=code)


def typed(code: str, value: str, on: date = TODAY, note: str = "Feuille d’essai") -> None:
    record_reading(indicator=of(code), on=on, value=Decimal(value), note=note, by=None, at=AT)


def computed(code: str = "1.1", value: int = 12, parts: dict[str, str] | None = None, **facts: Any) -> Reading:
    told = {"on": TODAY, "path": "/annuaire/", **facts}
    return Reading.objects.create(
        indicator=of(code), value=value, parts=parts or {}, is_computed=True, made_at=AT, **told
    )  # fmt: skip


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(client: Client, code: str) -> list[dict[str, str]]:
    content = b"".join(client.get(f"{LIST}{code}.csv")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_the_list_says_the_last_value_its_day_and_what_was_not_measured(client: Client, plan: None) -> None:
    typed("1.2", "1", TODAY - timedelta(days=90))
    typed("1.2", "2")
    html = text(client, LIST)
    assert "4\xa0indicateurs" in html
    assert '<p class="gauge-value">2\xa0lettres</p>' in html
    assert "Le 22\xa0novembre 2026. Feuille d’essai" in html or "Le 22 novembre 2026. Feuille d’essai" in html
    assert html.count("Pas encore mesurés") == 2


def test_the_target_of_the_year_is_said_in_words_and_in_a_bar(plan: None) -> None:
    def aim(code: str) -> tuple[str, bool, Decimal | None]:
        board = board_of(Strategy.objects.get(), date(2026, 11, 22))
        found = next(line.aim for line in board.lines if line.indicator.code == code)
        assert found is not None
        return found.words, found.is_reached, found.most

    set_target(indicator=of("2.2"), year=2026, value=Decimal(10), by=None, at=AT)
    assert aim("1.2") == ("Cible de 2026\xa0: 2\xa0lettres.", False, None)
    typed("1.2", "1")
    typed("2.2", "12.5")
    assert aim("1.2") == ("Il manque 1\xa0lettre pour la cible de 2026\xa0: 2\xa0lettres.", False, Decimal(2))
    assert aim("2.2") == ("Il faut descendre de 2,5\xa0jours pour la cible de 2026\xa0: 10,0\xa0jours.", False, None)
    typed("1.2", "3")
    typed("2.2", "9")
    assert aim("1.2")[1:] == (True, Decimal(2))
    assert aim("2.2")[1] is True


def test_an_indicator_without_axis_is_still_listed_last(plan: None) -> None:
    Indicator.objects.filter(code="1.1").update(axis=None)
    board = board_of(Strategy.objects.get(), TODAY)
    assert [axis.axis.number if axis.axis else None for axis in board.axes] == [1, 2, None]


def test_a_page_tells_what_how_since_when_and_leads_to_the_list(client: Client, plan: None) -> None:
    computed(on=TODAY - timedelta(days=40), value=10)
    computed(parts={"200000001": "7", "200000002": "4"}, whole=20)
    html = text(client, f"{LIST}1.1/")
    assert "12 sur 20\xa0fiches" in html
    assert '<a href="/annuaire/">Voir la liste comptée</a>' in html
    assert '<polyline class="trend-run"' in html
    assert "style=" not in html.split("<main")[1]
    for said in ("Ce que c’est.", "On compte.", "chaque jour", "CC A", "CC C", "1.2 Un annuaire"):
        assert said in html
    assert "<script" not in html.split("<main")[1].split("</main>")[0]


def test_an_indicator_that_was_never_measured_says_so(client: Client, plan: None) -> None:
    for code in ("1.1", "2.2"):
        html = text(client, f"{LIST}{code}/")
        assert "Pas encore mesuré" in html
        assert "trend" not in html.split("<main")[1]
        assert rows_of(client, code) == []


def test_an_unknown_code_or_no_strategy_is_not_found(client: Client, plan: None) -> None:
    for code in ("9.9", "é", "1.1.1"):
        assert client.get(f"{LIST}{code}/").status_code == 404
    Strategy.objects.all().delete()
    forget()
    assert client.get(f"{LIST}1.2/").status_code == 404
    assert "Les chiffres de la stratégie paraîtront ici" in text(client, LIST)


def test_few_people_are_never_told_on_a_page_nor_in_a_file(client: Client, plan: None) -> None:
    typed("2.1", "3")
    for address in (LIST, f"{LIST}2.1/"):
        html = text(client, address)
        assert "moins de 5 personnes" in html
        assert "3\xa0personnes" not in html
    assert [row["valeur"] for row in rows_of(client, "2.1")] == ["non montré"]


def test_a_small_part_hides_another_on_the_page_and_in_the_file(client: Client, plan: None) -> None:
    computed("2.1", 23, {"200000001": "3", "200000002": "8", "200000003": "12"}, is_people=True, path="")
    html = text(client, f"{LIST}2.1/")
    assert "23\xa0personnes" in html
    assert html.count("non montré") == 2
    assert "une soustraction" in html
    [row] = rows_of(client, "2.1")
    assert (row["CC A"], row["CC B"], row["CC C"]) == ("non montré", "non montré", "12")


def test_a_small_whole_is_hidden_with_its_value(client: Client, plan: None) -> None:
    for value, whole in ((0, 3), (18, 20)):
        Reading.objects.all().delete()
        computed("2.1", value, is_people=True, whole=whole, path="")
        assert f"sur {whole}" not in text(client, f"{LIST}2.1/?{whole}")
        [row] = rows_of(client, "2.1")
        assert (row["valeur"], row["sur"]) == ("non montré", "")


def test_a_file_gives_every_reading_and_runs_nothing(client: Client, plan: None) -> None:
    typed("2.2", "12.5", TODAY - timedelta(days=1), "=1+1")
    typed("2.2", "9")
    found = rows_of(client, "2.2")
    assert [(row["date"], row["valeur"], row["unité"]) for row in found] == [
        ("2026-11-21", "12,5", "jours"), ("2026-11-22", "9", "jours"),
    ]  # fmt: skip
    assert found[0]["note"] == "'=1+1"
    assert client.get(f"{LIST}2.2.csv")["Content-Disposition"] == 'attachment; filename="indicateur-2.2.csv"'


def test_a_curve_needs_two_values_stops_at_a_masked_one_and_stays_in_its_box() -> None:
    days = [TODAY + timedelta(days=rank) for rank in range(5)]
    assert draw([], None) is None
    assert draw([(days[0], Decimal(3)), (days[1], None)], None) is None
    values = [Decimal(5), Decimal(9), None, Decimal(0), Decimal(7)]
    drawn = draw(list(zip(days, values, strict=True)), Decimal(10))
    assert drawn is not None
    assert (len(drawn.runs), len(drawn.marks), drawn.high, drawn.low) == (2, 4, Decimal(10), Decimal(0))
    assert all(0 <= float(x) <= 100 and 0 <= float(y) <= 40 for x, y in drawn.marks)
    flat = draw([(days[0], Decimal(0)), (days[1], Decimal(0))], None)
    assert flat is not None
    assert {y for _, y in flat.marks} == {"38.00"}
    long = draw([(TODAY + timedelta(days=rank), Decimal(rank)) for rank in range(100)], None)
    assert long is not None
    assert len(long.marks) == 1


@pytest.mark.django_db(transaction=True)
def test_more_indicators_and_readings_cost_no_more_questions(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_plan()
    computed(parts={"200000001": "7"})
    forget()
    with django_assert_num_queries(5):
        text(client, LIST)
    with django_assert_num_queries(6):
        text(client, f"{LIST}1.1/")
    document = indicator_file()
    document["indicators"] += [{**document["indicators"][1], "code": f"1.{rank}"} for rank in range(3, 40)]
    load_indicators(document=document, by=None, at=AT)
    for rank in range(1, 30):
        computed(on=TODAY - timedelta(days=rank), parts={"200000001": "7", "200000002": "5"})
        typed("1.3", str(rank), TODAY - timedelta(days=rank))
    forget()
    with django_assert_num_queries(5):
        text(client, f"{LIST}?encore")
    with django_assert_num_queries(6):
        text(client, f"{LIST}1.1/?encore")


# The list behind a figure.


def counts(monkeypatch: pytest.MonkeyPatch, values: list[Any], how: Fold = Fold.COUNT, **listing: Any) -> None:
    """The gauge of 1.1 counts lines of these values."""

    def read(on: date, reader: Any) -> CountedList:
        return CountedList(values, lambda value: CountedLine(f"Ligne {value}", "/annuaire/", TODAY, value))

    gauge = Gauge("directory.published", lambda on: Figure(len(values)), Listing(read, "fiche", how, **listing))
    monkeypatch.setattr(registry, "_manifests", {"essai": Manifest(room="essai", gauges=(gauge,))})


def test_a_figure_opens_the_public_list_that_it_counts(
    client: Client, plan: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts(monkeypatch, list(range(120)), is_public=True)
    computed(value=120, path="")
    assert f'href="{LIST}1.1/liste/"' in text(client, f"{LIST}1.1/")
    first, last = text(client, f"{LIST}1.1/liste/"), text(client, f"{LIST}1.1/liste/?page=3")
    assert "En tout\xa0: 120\xa0fiches." in first
    assert [page.count(">Ligne ") for page in (first, last)] == [50, 20]
    for odd in ("99", "0", "x", "-1", "²"):
        assert text(client, f"{LIST}1.1/liste/?page={odd}").count(">Ligne ") in (50, 20)


def test_a_list_for_the_team_is_a_link_for_agents_only(
    client: Client, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts(monkeypatch, [2, 3], Fold.SUM)
    computed(value=5, path="")
    address = f"{at('1.1')}liste/"
    assert f'href="{address}"' in text(client, f"{LIST}1.1/")
    assert "Somme de la liste\xa0: 5\xa0fiches." in text(client, address)
    assert "Le chiffre publié est autre" in text(client, address), "the gauge says 2 and its list 5"
    client.logout()
    assert address not in text(client, f"{LIST}1.1/")
    assert client.get(f"{LIST}1.1/liste/").status_code == 404
    assert client.get(address).status_code == 302


def test_the_foot_of_a_list_says_money_to_the_cent_means_medians_and_shares(
    client: Client, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def foot(values: list[Any], how: Fold, unit: str, decimals: int = 0) -> str:
        counts(monkeypatch, values, how)
        Indicator.objects.filter(code="1.1").update(unit=unit, decimals=decimals)
        return text(client, f"{at('1.1')}liste/")

    money = foot([Decimal("1000.40"), Decimal("-0.20")], Fold.SUM, "€")
    assert "Somme de la liste\xa0: 1\u202f000,20\xa0€, soit 1\u202f000\xa0€ sans les centimes." in money
    assert "1\u202f000,40\xa0€" in money
    assert "Montant" in money
    assert ">Date<" not in money, "its lines have no day"
    assert "Moyenne de la liste\xa0: 2,5\xa0personnes." in foot([2, 3], Fold.MEAN, "personne,personnes", 1)
    assert "Médiane de la liste\xa0: 3\xa0jours." in foot([1, 3, 9], Fold.MEDIAN, "jour,jours")
    share = foot([1, 0, 0], Fold.SHARE, "%")
    assert "33\xa0%" in share
    assert (share.count(">Oui<"), share.count(">Non<")) == (1, 2)
    assert "Rien n’est compté" in foot([], Fold.MEAN, "%")


# The office.


@pytest.fixture
def agent(client: Client, plan: None, wagtail_roots: None) -> User:
    found = holder(Role.AGENT, first_name="Bruno", last_name="Essai")
    client.force_login(found)
    return found


def at(code: str) -> str:
    return f"{OFFICE}{of(code).pk}/"


def test_agents_see_every_number_and_what_waits_to_be_typed(client: Client, agent: User) -> None:
    typed("2.1", "3")
    html = text(client, OFFICE)
    assert "3\xa0personnes" in html
    assert (html.count("Pas encore mesuré"), html.count("Par la plateforme")) == (3, 1)


def test_a_value_is_typed_with_its_source_then_corrected_and_the_page_shows_both(client: Client, agent: User) -> None:
    day = timezone.localdate().isoformat()
    assert client.post(at("2.2"), {"on": day, "value": "12,5", "note": "Tableau de suivi"}).status_code == 302
    assert 'value="12,5"' in text(client, f"{at('2.2')}?jour={day}")
    assert client.post(at("2.2"), {"on": day, "value": "9", "note": "Tableau relu"}).status_code == 302
    html = text(client, at("2.2"))
    assert (Reading.objects.get().value, Reading.objects.get().by) == (Decimal(9), agent)
    assert "rien devient 12.5" in html
    assert "12.5 devient 9" in html
    assert "écrite par Bruno Essai" in html


def test_what_is_wrong_comes_back_with_what_was_typed(client: Client, agent: User) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()
    answer = client.post(at("2.2"), {"on": tomorrow, "value": "9", "note": "Feuille bleue"})
    assert answer.status_code == 422
    assert "un jour à venir" in answer.content.decode()
    assert 'value="Feuille bleue"' in answer.content.decode()
    assert client.post(at("2.2"), {"on": "x", "value": "-1", "note": ""}).status_code == 422
    assert client.post(at("2.1"), {"on": "2026-01-01", "value": "1,5", "note": "Demi"}).status_code == 422
    assert not Reading.objects.exists()


def test_a_computed_indicator_has_no_form_and_takes_no_value(client: Client, agent: User) -> None:
    assert "Garder la valeur" not in text(client, at("1.1"))
    day = timezone.localdate().isoformat()
    answer = client.post(at("1.1"), {"on": day, "value": "9", "note": "De tête"})
    assert (answer.status_code, Reading.objects.count()) == (422, 0)


def test_a_target_is_set_and_taken_away(client: Client, agent: User) -> None:
    def aim(year: str, value: str) -> int:
        return client.post(f"{at('2.1')}cible/", {"year": year, "value": value}).status_code

    assert (aim("2027", "30"), "30\xa0personnes" in text(client, at("2.1"))) == (302, True)
    assert aim("2031", "30") == 422
    assert (aim("2027", ""), of("2.1").targets.count()) == (302, 0)


def test_an_unknown_number_or_day_is_harmless(client: Client, agent: User) -> None:
    assert client.get(f"{OFFICE}{2**70}/").status_code == 404
    for day in ("hier", "2026-13-01", "2026-11-22"):
        assert client.get(f"{at('2.2')}?jour={day}").status_code == 200


def test_without_indicator_the_office_says_how_to_load_them(client: Client, agent: User) -> None:
    Indicator.objects.all().delete()
    assert "maillage load_indicators" in text(client, OFFICE)
    Strategy.objects.all().delete()
    assert "maillage load_indicators" in text(client, OFFICE)


def test_the_office_list_costs_three_questions(plan: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    plan_of_tests = Strategy.objects.get()
    for rank in (1, 20):
        for day in range(rank):
            computed(on=TODAY - timedelta(days=day + rank))
        with django_assert_num_queries(3):
            assert len([row.words for row in office_rows(plan_of_tests, TODAY)]) == 4


@pytest.mark.parametrize(("before", "said"), [
    ("8", "4 fiches de plus depuis le dernier comité"), ("15", "3 fiches de moins"), ("12", "Rien n’a changé"),
    (None, ""),
])  # fmt: skip
def test_a_figure_says_what_changed_since_the_last_committee(
    client: Client, plan: None, monkeypatch: pytest.MonkeyPatch, before: str | None, said: str
) -> None:
    day = TODAY - timedelta(days=30)
    told = Manifest(room="essai", milestone=lambda on: Milestone("le dernier comité", day))
    monkeypatch.setattr(registry, "_manifests", {**registry._manifests, "essai": told})
    computed()
    if before is not None:
        computed(value=int(before), on=day - timedelta(days=1))
    page = text(client, f"{LIST}1.1/").replace("\xa0", " ")
    assert said in page
    assert ("depuis" in page) == bool(said)
