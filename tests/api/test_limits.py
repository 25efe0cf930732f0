from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory

from maillage.api.limits import PER_MINUTE, PerAddress

NOON = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    cache.clear()


def ask(throttle: PerAddress, address: str = "192.0.2.1") -> bool:
    return throttle.allow_request(RequestFactory().get("/", REMOTE_ADDR=address))


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("share", [1, 10, 25])
def test_one_address_has_its_share_and_no_more(share: int) -> None:
    throttle = PerAddress(per_minute=share)
    assert [ask(throttle) for _ in range(share + 5)] == [True] * share + [False] * 5
    assert ask(throttle, "192.0.2.2")
    assert throttle.wait() == 55


@time_machine.travel(NOON, tick=False)
def test_processes_share_one_count_through_the_cache() -> None:
    first, second = PerAddress(per_minute=20), PerAddress(per_minute=20)
    allowed = sum(ask(first) + ask(second) for _ in range(30))
    assert allowed == 20


def test_the_next_minute_begins_anew() -> None:
    throttle = PerAddress(per_minute=5)
    with time_machine.travel(NOON, tick=False) as clock:
        assert [ask(throttle) for _ in range(6)][-1] is False
        clock.shift(60)
        assert ask(throttle)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_beyond_its_share_an_address_is_told_when_to_come_back() -> None:
    client = Client()
    answers = [client.get("/api/v1/organisations/personne").status_code for _ in range(PER_MINUTE)]
    assert set(answers) == {404}
    response = client.get("/api/v1/organisations/personne")
    assert (response.status_code, response["Retry-After"]) == (429, "55")
    assert response["Content-Type"] == "application/problem+json"
    assert "Réessayez dans 55 secondes" in response.json()["detail"]
