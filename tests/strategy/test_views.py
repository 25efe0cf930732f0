from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.kernel import registry
from maillage.kernel.edition import forget
from maillage.kernel.registry import Manifest, Proof
from maillage.strategy.actions import add_step, load_strategy, steer_measure, tell_news
from maillage.strategy.actions.measuring import load_indicators
from maillage.strategy.enums import State
from maillage.strategy.models import Indicator, Measure
from maillage.strategy.queries import anchor_of
from tests.accounts.people import holder
from tests.factories import AT, territory
from tests.strategy.files import indicator_file, strategy_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def only_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    proof = Proof("1.2", "Annuaire partagé.", "/annuaire/", lambda: 158, "structure publiée,structures publiées")
    monkeypatch.setattr(registry, "_manifests", {"essai": Manifest(room="essai", proofs=(proof,))})


def page(client: Client, words: str = "") -> str:
    response = client.get(f"/strategie/{words}")
    assert response.status_code == 200
    return response.content.decode()


def test_each_measure_has_its_anchor_and_a_page_of_its_own(client: Client, only_proof: None) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    html = page(client)
    for measure in Measure.objects.all():
        assert html.count(f'id="{anchor_of(measure.code)}"') == 1
        assert html.count(f'<a href="{measure.get_absolute_url()}">{measure.title}</a>') == 1
        assert measure.title in page(client, f"{measure.code}/")


def test_a_measure_says_what_already_serves_it(client: Client, only_proof: None) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    html = page(client)
    assert '<a href="/annuaire/">Annuaire partagé</a> : <b>158\xa0structures publiées</b>' in html
    assert "Ce site en sert déjà <b>1</b>" in html


@pytest.mark.django_db(transaction=True)
def test_a_longer_strategy_costs_no_more_questions(
    client: Client, only_proof: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    territory(siren="200000009")
    document = strategy_file()
    load_strategy(document=document, by=None, at=AT)
    forget()
    with django_assert_num_queries(7):
        page(client)
    document["axes"][1]["measures"] += [{"code": f"2.{n}", "title": f"Mesure {n}"} for n in range(2, 6)]
    load_strategy(document=document, by=None, at=AT)
    forget()
    with django_assert_num_queries(7):
        page(client, "?encore")


def test_without_a_strategy_the_page_says_what_could_be_there(client: Client) -> None:
    assert "Les axes et les mesures paraîtront ici" in page(client)


def test_a_measure_tells_its_steps_its_news_and_who_carries_it(client: Client, only_proof: None) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    measure = Measure.objects.get(code="1.1")
    today = timezone.localdate()
    facts = {"state": State.BLOCKED, "state_note": "La salle manque.", "carried_by": "La mairie", "frameworks": ["pat"]}
    steer_measure(measure=measure, facts=facts, by=None, at=AT)
    add_step(measure=measure, title="Trouver une salle", by=None, at=AT, due_date=today - timedelta(days=3))
    tell_news(measure=measure, text="On cherche encore.", news_date=AT.date(), by=None, at=AT)
    html = page(client, "1.1/")
    for words in ("En retard (bloquée)", "La salle manque.", "La mairie", "Projet alimentaire territorial",
                  "Trouver une salle", "En retard : prévue", "On cherche encore."):  # fmt: skip
        assert words in html


def test_the_person_who_follows_a_measure_is_not_published(client: Client, only_proof: None) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    agent = holder(Role.AGENT, first_name="Zénobie", last_name="Quelconque")
    steer_measure(measure=Measure.objects.get(code="1.1"), facts={"owner": agent}, by=agent, at=AT)
    assert "Zénobie" not in page(client, "1.1/") + page(client)


@pytest.mark.parametrize("code", ["9.9", "rien", "1.1.1"])
def test_a_measure_that_is_not_there_is_not_found(client: Client, only_proof: None, code: str) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    assert client.get(f"/strategie/{code}/").status_code == 404


def test_a_body_written_in_lower_case_is_led_to_its_page(client: Client, only_proof: None) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    assert client.get("/strategie/g.1/").headers["Location"] == "/strategie/G.1/"


def test_a_measure_shows_its_figures_and_what_is_not_measured_yet(client: Client) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    load_indicators(document=indicator_file(), by=None, at=AT)
    shown = Indicator.objects.filter(measure__isnull=False).order_by("pk")[0]
    assert shown.measure is not None
    html = page(client, f"{shown.measure.code}/")
    assert f'<a href="{shown.get_absolute_url()}">{shown.title}</a>' in html
    assert "Pas encore mesuré" in html
