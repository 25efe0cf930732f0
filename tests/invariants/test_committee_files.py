"""One committee's file for a day, and one setting aside, whatever comes at once."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest

from maillage.kernel.actions import journal
from maillage.kernel.models import JournalEntry
from maillage.steering import actions
from maillage.steering.models import CommitteeFile, CommitteePaper
from maillage.strategy.actions import load_strategy
from maillage.strategy.models import Strategy
from maillage.territories.models import Territory
from tests.factories import AT, TODAY
from tests.invariants.racing import breaches, caught, race, slowed, strange, without_locks
from tests.strategy.files import strategy_file

pytestmark = pytest.mark.django_db
_days = itertools.count(1)


@pytest.fixture(autouse=True)
def _plan(_ground: None, monkeypatch: pytest.MonkeyPatch) -> None:
    document = strategy_file()
    document["territory"] = Territory.objects.get().siren
    load_strategy(document=document, by=None, at=AT)
    # What is raced for is the row: typesetting would only make it long.
    monkeypatch.setattr(actions, "papers_of", lambda *_: {"pdf": b"%PDF"})


def six_pressed() -> list[str]:
    day = TODAY - timedelta(days=next(_days))
    strategy = Strategy.objects.get()
    outcomes = race(*(lambda: actions.prepare_file(strategy=strategy, as_of=day, by=None, at=AT) for _ in range(6)))
    made = list(CommitteeFile.objects.filter(as_of=day).values_list("pk", flat=True))
    given = {one.value.pk for one in outcomes if one.value is not None}
    papers = CommitteePaper.objects.filter(file__in=made).count()
    is_one = len(made) == 1 and given == set(made) and papers == 1
    return [*([] if is_one else [f"{made} made, {given} given, {papers} papers"]), *strange(outcomes)]


def six_set_aside() -> list[str]:
    day = TODAY - timedelta(days=next(_days))
    made = actions.prepare_file(strategy=Strategy.objects.get(), as_of=day, by=None, at=AT)
    outcomes = race(*(
        lambda word=word: actions.discard_file(file=made, reason=word, by=None, at=AT) for word in "abcdef"
    ))  # fmt: skip
    told = JournalEntry.objects.filter(
        object_type="steering.committeefile", object_id=made.pk, verb="discard_file"
    ).count()
    done = sum(one.error is None for one in outcomes)
    return [*([] if (told, done) == (1, 1) else [f"{told} told, {done} done"]), *strange(outcomes, actions.FileRefused)]


def test_of_six_who_press_at_once_all_get_one_file() -> None:
    assert breaches(six_pressed, 3) == []


def test_of_six_who_set_aside_at_once_one_does() -> None:
    assert breaches(six_set_aside, 3) == []


def test_without_its_lock_somebody_would_be_told_of_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    slowed(monkeypatch, actions, "document_of")
    assert caught(six_pressed, 10)


def test_with_a_look_before_the_write_two_would_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def after_a_look(*, file: CommitteeFile, reason: str, **rest: Any) -> None:
        if CommitteeFile.objects.filter(pk=file.pk, discarded_at=None).exists():
            CommitteeFile.objects.filter(pk=file.pk).update(discarded_at=AT, discard_reason=reason)
            journal(verb="discard_file", target=file, changes={"reason": [None, reason]}, **rest)
        else:
            raise actions.FileRefused("")

    monkeypatch.setattr(actions, "discard_file", after_a_look)
    assert caught(six_set_aside, 20)
