"""F1: the whole server is killed -9 under load, and nothing that was acknowledged is missing, nor made twice.

`CHAOS=10` kills ten times as often, with twelve clients. Also what only several processes can show: exact limits.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.clients import ask, crowd
from tests.faults.place import Place, copy_of, drop
from tests.faults.serving import Site, served
from tests.forms import form_in

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("faults")]
CHAOS = int(os.environ.get("CHAOS", "1"))
KILLS, CLIENTS = 5 * CHAOS, 6 if CHAOS == 1 else 12
PLANT = """
from django.utils import timezone
from maillage.directory import actions
from maillage.directory.enums import Status
from maillage.kernel.actions import name_source
at = timezone.now()
source = name_source(kind="example", title="essai", on=timezone.localdate(at))
for name in ("Atelier", "Relais", "Verger", "Moulin"):
    actions.create_organisation(facts={"name": name, "status": Status.PUBLISHED}, source=source, by=None, at=at)
"""
NOTES = """
import json
from maillage.kernel.models import SentForm
from maillage.space.models import Suggestion
print(json.dumps([list(Suggestion.objects.values_list("note", flat=True)), SentForm.objects.count()]))
"""
INTEGRITY = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA integrity_check")
    print(cursor.fetchone()[0])
"""


@pytest.fixture
def place(template: Place, tmp_path: Path) -> Iterator[Place]:
    made = copy_of(template, tmp_path / "place", TRUSTED_PROXIES="1")
    made.shell(PLANT)
    assert made.run("rebuild_index").returncode == 0
    yield made
    drop(made)


def kill_under_load(site: Site, dice: random.Random) -> None:
    for _ in range(KILLS):
        time.sleep(dice.uniform(0.6, 1.6))
        site.die()
        site.rise()


def test_of_what_was_acknowledged_nothing_is_missing_after_kills(place: Place) -> None:
    with served(place) as site:
        visitors, stop, threads = crowd(site.port, "/annuaire/atelier/corriger/", CLIENTS)
        kill_under_load(site, random.Random(2026))
        time.sleep(1)
        stop.set()
        for thread in threads:
            thread.join(90)
    acknowledged = [words for one in visitors for words in one.acknowledged]
    notes, forms = json.loads(place.shell(NOTES))
    kept = Counter(notes)
    assert [one.refused for one in visitors if one.refused] == []
    assert len(acknowledged) >= 5 * KILLS
    assert [words for words in acknowledged if words not in kept] == []
    assert [words for words, times in kept.items() if times > 1] == []
    assert forms == len(notes)
    if not place.database_url:
        assert place.shell(INTEGRITY) == "ok"
    assert place.run("work", "--once").returncode == 0  # what the next worker does first
    assert place.ask("check_audit")["broken"] is None
    assert place.ask("check_invariants")["breaches"] == []


def through(site: Site, path: str, origins: list[str]) -> int:
    """How many of these, sent at once from these addresses, were let through."""
    page = ask(site.port, path, headers={"X-Forwarded-For": "10.9.9.9"})
    time.sleep(2.1)  # as long as somebody takes to fill a form in
    forms = [form_in(page.page) | {"note": f"mot {rank}", "form_key": f"{rank:022d}"} for rank in range(len(origins))]

    def send(rank: int) -> int:
        origin = {"X-Forwarded-For": origins[rank]}
        return ask(site.port, path, forms[rank], cookies=page.cookies, headers=origin, seconds=60).status

    with ThreadPoolExecutor(20) as pool:
        codes = Counter(pool.map(send, range(len(origins))))
    assert set(codes) <= {200, 429}, codes
    return codes[200]


def test_limits_are_exact_over_processes_whatever_one_says_of_oneself(place: Place) -> None:
    """Ten a minute: from one address, from one that forges the header of its proxy, from one /64 of IPv6."""
    with served(place, "--workers", "2", "--no-worker") as site:
        assert through(site, "/annuaire/relais/corriger/", ["10.0.0.1"] * 30) == 10
        forged = [f"10.7.{rank}.1, 10.0.0.2" for rank in range(30)]
        assert through(site, "/annuaire/verger/corriger/", forged) == 10
        one_network = [f"2001:db8:1:2::{rank:x}" for rank in range(30)]
        assert through(site, "/annuaire/moulin/corriger/", one_network) == 10
