from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from maillage.kernel.backup import Verdict, note_verdict
from maillage.kernel.models import Source
from maillage.outbox import actions as outbox
from maillage.outbox.enums import State
from maillage.outbox.models import Letter
from maillage.portal.queries import health
from maillage.portal.views import health as views
from maillage.search import actions as search


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_kept", [])


def test_alive_touches_nothing(client: Client) -> None:
    assert client.get("/sante/vif").json() == {"state": "vif"}  # without a database: the test has none


@pytest.mark.django_db
def test_ready_once_there_is_an_index(client: Client) -> None:
    before = client.get("/sante/pret")
    assert (before.status_code, before.json()["checks"]["index"]["well"]) == (503, False)
    assert before.headers["Retry-After"] == "30"
    search.rebuild()
    after = client.get("/sante/pret")
    assert (after.status_code, after.json()["state"]) == (200, "prêt")
    assert after.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
def test_deep_writes_and_leaves_nothing_behind(client: Client) -> None:
    search.rebuild()
    response = client.get("/sante/profond")
    checks = response.json()["checks"]
    assert (response.status_code, sorted(checks)) == (
        200,
        ["backup", "cache", "database", "disk", "engine", "index", "mail", "migrations"],
    )
    assert checks["index"]["changes_waiting"] == 0
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_deep_says_how_far_behind_the_index_is(client: Client) -> None:
    search.rebuild()
    search.note_change(kind="organisation", ids=[1, 2])
    assert client.get("/sante/profond").json()["checks"]["index"]["changes_waiting"] == 2


@pytest.mark.django_db
def test_deep_is_asked_once_however_often_strangers_ask(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = health.deep

    def counted() -> list[health.Finding]:
        asked.append(1)
        return real()

    monkeypatch.setattr(health, "deep", counted)
    statuses = {client.get("/sante/profond").status_code for _ in range(5)}
    assert (len(statuses), len(asked)) == (1, 1)


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> tuple[bool, dict[str, object]]:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(health, "_read_database", down)
    response = client.get("/sante/pret")
    assert response.status_code == 503
    assert response.json()["checks"]["database"]["error"] == "OperationalError"
    assert "unable to open" not in response.content.decode()
    cache.clear()


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "faults", "well"), [(1, 0, True), (26, 0, False), (1, 1, False)])
def test_deep_tells_when_the_last_proved_backup_is_old_or_bad(
    settings: Settings, tmp_path: Path, hours: int, faults: int, well: bool
) -> None:
    settings.BACKUP_DIR = tmp_path
    assert {one.name: one.is_well for one in health.deep()}["backup"]
    note_verdict(Verdict("x", faults=["abîmée"] * faults), at=timezone.now() - timedelta(hours=hours))
    assert {one.name: one.is_well for one in health.deep()}["backup"] is well


@pytest.mark.django_db
def test_the_deep_probe_says_how_long_letters_wait_and_that_somebody_must_settle_one(settings: Settings) -> None:
    settings.DEMO = True
    assert mail() == (True, {"oldest_ready_s": 0, "uncertain": 0, "can_leave": True})
    now = timezone.now()
    outbox.post(kind="outbox.plain", to="a@exemple.test", facts={"title": "x", "text": "x"}, at=now)
    Letter.objects.update(due_at=now - timedelta(minutes=16))
    assert (mail()[0], mail()[1]["oldest_ready_s"] >= 960) == (False, True)
    Letter.objects.update(state=State.UNCERTAIN)
    assert mail() == (False, {"oldest_ready_s": 0, "uncertain": 1, "can_leave": True})
    settings.DEMO = False
    assert mail()[0], "without a way out there is nothing to repair"


def mail() -> tuple[bool, dict[str, Any]]:
    found = next(one for one in health.deep() if one.name == "mail")
    return found.is_well, {name: value for name, value in found.facts.items() if name != "ms"}
