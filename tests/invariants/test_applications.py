"""C10: however many are sent at once, numbers follow each other; nobody is late; a draft is one, and is sent once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from maillage.calls import actions
from maillage.calls.actions import applying, submitting
from maillage.calls.checks import NUMBERS, find_breaches
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, Call, Numbering
from tests.calls.drafts import SAID, a_draft, a_ready
from tests.calls.world import AT, a_call, a_structure
from tests.invariants.racing import (
    Round,
    breaches,
    caught,
    race,
    slowed,
    strange,
    without_constraint,
    without_locks,
)

pytestmark = pytest.mark.django_db
TOGETHER, IN_ALL = 20, 500
REFUSED = (actions.CallRefused, actions.ApplicationMoved)


def sender(one: Application, clock: Callable[[], datetime] = lambda: AT) -> Callable[[], Application]:
    return lambda: actions.submit_application(application=one, version=one.version, by=None, at=clock())


def without_a_gap(count: int) -> list[str]:
    """Numbers of the base: unique, from one to the last, as many as were sent."""
    numbers = Application.objects.filter(number__isnull=False).values_list("number", flat=True)
    given = sorted(str(number) for number in numbers)
    wanted = [f"AAP-2026-{rank:04d}" for rank in range(1, count + 1)]
    counted = Numbering.objects.filter(last=count).count()
    wrong = [] if given == wanted and counted == 1 else [f"{len(given)} numbers, the last {given[-1:]}"]
    return wrong + [f"{one.check} {one.subject}" for one in find_breaches() if one.check == NUMBERS]


def many_at_once(count: int) -> list[str]:
    """So many applications of as many organisations, sent by groups at the same moment."""
    before = Application.objects.filter(number__isnull=False).count()
    call = a_call()
    with transaction.atomic():  # committed together, since each commit waits for the disk
        drafts = [a_ready(call) for _ in range(count)]
    wrong: list[str] = []
    for start in range(0, count, TOGETHER):
        outcomes = race(*(sender(one) for one in drafts[start : start + TOGETHER]))
        wrong += strange(outcomes)
    return [*wrong, *without_a_gap(before + count)]


def twenty() -> list[str]:
    return many_at_once(TOGETHER)


def one_sent_by_twenty() -> list[str]:
    """Twenty people send the same draft: one does, the others are told, and one number is used."""
    one, before = a_ready(), Application.objects.filter(number__isnull=False).count()
    outcomes = race(*(sender(one) for _ in range(TOGETHER)))
    done = sum(outcome.error is None for outcome in outcomes)
    wrong = [] if done == 1 else [f"{done} were told yes"]
    return [*wrong, *strange(outcomes, *REFUSED), *without_a_gap(before + 1)]


def one_begun_by_twenty() -> list[str]:
    """Twenty people of an organisation begin at once: one draft, given to all."""
    call, (made, user) = a_call(), a_structure()
    begin = lambda: actions.begin_application(call=call, organisation=made, by=user, at=AT)  # noqa: E731
    outcomes = race(*(begin for _ in range(TOGETHER)))
    drafts = Application.objects.filter(call=call, organisation=made).count()
    given = {outcome.value.pk for outcome in outcomes if outcome.value}
    wrong = [] if (drafts, len(given)) == (1, 1) else [f"{drafts} drafts, {len(given)} given"]
    return [*wrong, *strange(outcomes)]


def one_written_by_twenty() -> list[str]:
    """Twenty people write the same version: one is kept, the others see its text."""
    one = a_draft()

    def writer(rank: int) -> Callable[[], Application]:
        values = {"title": f"Titre {rank}"}
        return lambda: actions.save_application(application=one, values=values, version=0, by=None, at=AT)

    outcomes = race(*(writer(rank) for rank in range(TOGETHER)))
    done = [outcome.value.title for outcome in outcomes if outcome.error is None]
    kept = Application.objects.get(pk=one.pk)
    wrong = [] if done == [kept.title] and kept.version == 1 else [f"{len(done)} were told yes, version {kept.version}"]
    return [*wrong, *strange(outcomes, *REFUSED)]


def around_the_closing_second() -> list[str]:
    """Senders insist until they are refused: none is in after the end, and each that was told yes is there."""
    call = a_call()
    drafts = [a_ready(call) for _ in range(6)]
    now, day = timezone.now(), timedelta(days=1)
    closes = now + timedelta(seconds=1.0)
    Call.objects.filter(pk=call.pk).update(opens_at=now - day, closes_at=closes)

    def insist(rank: int, one: Application) -> Callable[[], None]:
        def until_refused() -> None:
            version = one.version
            while timezone.now() < closes + timedelta(seconds=rank * 0.1 - 0.25):
                title = {"title": f"{SAID['title']} {version}"}
                version = actions.save_application(
                    application=one, values=title, version=version, by=None, at=timezone.now()
                ).version
            actions.submit_application(application=one, version=version, by=None, at=timezone.now())

        return until_refused

    outcomes = race(*(insist(rank, one) for rank, one in enumerate(drafts)))
    late = Application.objects.filter(call=call, submitted_at__gte=closes).count()
    told = sum(outcome.error is None for outcome in outcomes)
    there = Application.objects.filter(call=call, state=ApplicationState.SUBMITTED).count()
    return [
        *([f"{late} came late"] if late else []), *([] if told == there else [f"{told} told yes, {there} there"]),
        *strange(outcomes, *REFUSED),
    ]  # fmt: skip


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others come in between, if they can."""
    slowed(monkeypatch, submitting, "missing", 0.01)
    slowed(monkeypatch, applying, "known_of", 0.01)
    slowed(monkeypatch, applying, "require_open", 0.01)


def test_five_hundred_sent_at_once_are_numbered_without_a_gap() -> None:
    assert breaches(lambda: many_at_once(IN_ALL), 1) == []


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("one", [one_sent_by_twenty, one_begun_by_twenty, one_written_by_twenty])
def test_of_many_who_do_the_same_at_once_one_does_it(one: Round) -> None:
    assert breaches(one, 2) == []


def test_nobody_comes_in_after_the_last_second() -> None:
    assert breaches(around_the_closing_second, 2) == []


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("one", [twenty, one_written_by_twenty])
def test_without_locks_numbers_or_texts_are_lost(one: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    assert caught(one, 20)


@pytest.mark.usefixtures("_slow")
def test_without_locks_nor_the_conditional_update_one_is_sent_several_times(monkeypatch: pytest.MonkeyPatch) -> None:
    def move(row: Application, *, at: datetime, **_: Any) -> None:
        row.state, row.submitted_at = ApplicationState.SUBMITTED, at
        row.save()

    without_locks(monkeypatch)
    monkeypatch.setattr(submitting, "_move", move)
    assert caught(one_sent_by_twenty, 20)


@pytest.mark.usefixtures("_slow")
def test_without_locks_nor_its_constraint_an_organisation_has_several_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    with without_constraint(Application, "application_one_draft"):
        assert caught(one_begun_by_twenty, 20)


def test_without_the_look_at_the_clock_some_come_late(monkeypatch: pytest.MonkeyPatch) -> None:
    open_always: Any = lambda *_: True  # noqa: E731
    monkeypatch.setattr(submitting, "is_open_for", open_always)
    assert caught(around_the_closing_second, 3)
