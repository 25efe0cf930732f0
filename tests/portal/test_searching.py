"""The search of the whole site: each kind with its exact count, and what leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from maillage.accounts.enums import Role
from maillage.aids import actions as aids
from maillage.content.models import Resource
from maillage.portal.queries.searching import Found, search_site
from maillage.search import actions as search
from maillage.search.checks import find_breaches
from tests.accounts.people import holder
from tests.aids.world import made as made_aid
from tests.content.world import made as made_resource

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _index(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.SEARCH_DIR = tmp_path / "search"
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        search.rebuild()
        yield


def totals(words: str, **asked: str) -> dict[str, int]:
    found: Found = search_site(words, **asked)  # type: ignore[arg-type]
    return {part.kind.code: part.total for part in found.parts}


def test_an_aid_and_a_resource_are_found_by_their_text_and_counted() -> None:
    made_aid("Un coup de pouce", description="<p>Pour une péniche <b>habitée</b>.</p>")
    made_resource("Amarrer une péniche")
    assert totals("peniche") == {"aid": 1, "resource": 1}
    assert totals("péniche habitée") == {"aid": 1}
    assert list(find_breaches()) == []


def test_what_is_withdrawn_over_or_unpublished_is_found_no_more(client: Client) -> None:
    agent = holder(Role.AGENT, email="agent@exemple.test")
    gone, _ = made_aid("Péniche un"), made_aid("Péniche deux", deadline_date=timezone.localdate())
    page = made_resource("Péniche trois")
    assert totals("peniche") == {"aid": 2, "resource": 1}
    aids.withdraw_aid(aid=gone, reason="Doublon.", by=agent, at=timezone.now())
    Resource.objects.get(pk=page.pk).unpublish()
    assert totals("peniche") == {"aid": 1}
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert aids.note_over(at=timezone.now()) == 1
        assert totals("peniche") == {}
        aids.put_back_aid(aid=gone, by=agent, at=timezone.now())
        assert totals("peniche") == {"aid": 1}
    page = Resource.objects.get(pk=page.pk)
    page.save_revision().publish(skip_permission_checks=True)
    assert totals("peniche")["resource"] == 1
    page.delete()
    assert "resource" not in totals("peniche")


def test_the_page_shows_each_kind_with_its_count_and_one_kind_whole(client: Client) -> None:
    for number in range(7):
        made_aid(f"Péniche {number}")
    made_resource("Amarrer une péniche")
    page = client.get("/recherche/?q=péniche").content.decode()
    assert "<b>8 résultats</b>".replace(" ", "\N{NO-BREAK SPACE}") in page
    assert page.count("Péniche ") == 5
    assert "Amarrer une péniche" in page
    whole = client.get("/recherche/?q=péniche&sorte=aides&page=40").content.decode()
    assert whole.count("Péniche ") == 7
    assert "Amarrer" not in whole
    assert "Rien ne répond" in client.get("/recherche/?q=introuvable").content.decode()
