"""Whoever reads the same source of aids at once, each aid is there once, and every reading says what it did."""

from __future__ import annotations

import itertools

import pytest

from maillage.aids import actions
from maillage.aids.actions import importing
from maillage.aids.imports import read_answer
from maillage.aids.models import Aid, Reading
from maillage.kernel.models import JournalEntry
from tests.aids.world import AT, sample, subjects
from tests.invariants.racing import breaches, caught, race, slowed, strange, without_locks

pytestmark = pytest.mark.django_db
TOGETHER = 4
_numbers = itertools.count(1)


def first_readings_at_once() -> list[str]:
    """Four agents bring in a source that nobody has read: one creates, the others find everything as it is."""
    source, read = f"essai-{next(_numbers)}", read_answer(sample()).aids
    work = [
        lambda: actions.receive_aids(source=source, received=read, on=AT.date(), at=AT) for _ in range(TOGETHER)
    ]  # fmt: skip
    outcomes = race(*work)
    told = sorted((one.value.created, one.value.unchanged) for one in outcomes if one.value)
    wanted = [*[(0, len(read))] * (TOGETHER - 1), (len(read), 0)]
    readings = Reading.objects.filter(source=source)
    acts = JournalEntry.objects.filter(verb="import_aids", object_id__in=readings.values("pk")).count()
    found = (told, Aid.objects.filter(source=source).count(), acts)
    wrong = [] if found == (wanted, len(read), TOGETHER) else [f"told, aids, acts: {found}"]
    return [*wrong, *strange(outcomes)]


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    subjects()
    slowed(monkeypatch, importing, "_created", 0.05)


def test_of_several_first_readings_one_creates_and_the_others_follow() -> None:
    assert breaches(first_readings_at_once, 3) == []


def test_without_starting_again_a_first_reading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    monkeypatch.setattr(importing, "_TRIES", 1)
    assert caught(first_readings_at_once, 10)
