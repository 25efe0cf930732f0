from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.kernel import registry
from maillage.kernel.edition import forget
from maillage.kernel.registry import Manifest, Proof
from maillage.strategy.actions import load_strategy
from maillage.strategy.models import Measure
from tests.factories import AT, territory
from tests.strategy.files import strategy_file

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


def test_each_measure_has_its_anchor_and_its_address_leads_there(client: Client, only_proof: None) -> None:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    html = page(client)
    for measure in Measure.objects.all():
        path, anchor = measure.get_absolute_url().split("#")
        assert (path, html.count(f'id="{anchor}"')) == ("/strategie/", 1)


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
    with django_assert_num_queries(6):
        page(client)
    document["axes"][1]["measures"] += [{"code": f"2.{n}", "title": f"Mesure {n}"} for n in range(2, 6)]
    load_strategy(document=document, by=None, at=AT)
    forget()
    with django_assert_num_queries(6):
        page(client, "?encore")


def test_without_a_strategy_the_page_says_what_could_be_there(client: Client) -> None:
    assert "Les axes et les mesures paraîtront ici" in page(client)
