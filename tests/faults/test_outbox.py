"""A small version of the outbox's proof, on this run's database; `python -m benchmarks outbox` does it whole."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.faults.kill9 import DOUBTS_FOR_A_DEATH, proof
from tests.faults.place import Place, installed

# One place for all: they stay together when tests run side by side.
pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("faults")]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with installed(tmp_path_factory.mktemp("outbox") / "place", os.environ.get("DATABASE_URL", "")) as made:
        yield made


def test_killed_workers_and_a_failing_server_send_nothing_twice_and_lose_nothing(place: Place) -> None:
    report = proof(place, letters=600, kills=8, share=0.12, seed=11)
    assert (report.duplicates, report.missing, report.false) == (0, 0, 0)
    assert report.uncertain <= report.kills * DOUBTS_FOR_A_DEATH + report.unanswered
    assert len(report.faults) >= 8


def test_without_the_lease_the_same_proof_finds_letters_sent_twice(place: Place) -> None:
    # A worker may be killed between two letters: once in three runs is enough to know that the proof sees.
    runs = (proof(place, letters=300, kills=2, share=0.05, seed=seed, is_mutant=True) for seed in (12, 13, 14))
    assert any(report.duplicates > 0 for report in runs)


CLICKS = """
import threading
from django.db import connection
from django.test import Client
from django.utils.timezone import now
from maillage.kernel.models import JournalEntry
from maillage.outbox import actions, links
from maillage.outbox.models import Letter, UsedLink
from maillage.outbox.occasions import occasion
from maillage.kernel.letters import Page, Purpose
from maillage.kernel.registry import Manifest, introduce

ACTED = []
purpose = Purpose("proof.once", 30, lambda told: Page("?", button="Oui"), lambda told: ACTED.append(1) or Page("Fait"))
introduce(Manifest(room="proof", purposes=(purpose,)))
for turn in range(10):
    letter = actions.post(kind="outbox.plain", to="alice@exemple.test", facts={"title": "x", "text": "x"}, at=now())
    told = occasion(letter.mailbox, object_type="", object_id=None, facts={}, at=now())
    path, barrier, pages = links.sign(purpose, told, letter_id=letter.pk), threading.Barrier(16), []
    def click():
        barrier.wait()
        pages.append(Client(headers={"host": "127.0.0.1"}).post(path).content.decode())
        connection.close()
    threads = [threading.Thread(target=click) for _ in range(16)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    done = sum("<h1>Fait</h1>" in page for page in pages), sum("déjà fait" in page for page in pages)
    assert done == (1, 15), done
assert UsedLink.objects.count() == JournalEntry.objects.filter(verb="follow_link").count() == 10
print("well")
"""


def test_of_sixteen_clicks_at_once_one_acts(place: Place) -> None:
    assert place.shell(CLICKS) == "well"
