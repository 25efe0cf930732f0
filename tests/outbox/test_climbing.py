from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from maillage.kernel.models import Source
from maillage.outbox import actions
from maillage.outbox.actions.climbing import said_key
from maillage.outbox.models import Climb, Letter, Mailbox, ToDo
from tests.outbox.world import AT, source

pytestmark = pytest.mark.django_db
ALICE = "alice@exemple.test"


def after(days: float) -> datetime:
    return AT + timedelta(days=days)


@pytest.fixture
def about() -> Source:
    made = source("Le Fil vert")
    for _ in range(2):  # opened twice, it is one
        actions.open_climb(ladder="essai.remind", about=made, to=ALICE, at=AT, facts={"title": "Rappel"})
    return made


def seen() -> tuple[int, int]:
    return Letter.objects.count(), ToDo.objects.count()


def test_the_steps_come_in_their_time_then_a_person_is_asked_to_call(about: Source) -> None:
    told = []
    for day in (8, 9, 9, 20, 21, 44, 45, 60):
        actions.take_steps(at=after(day))
        told.append(seen())
    assert told == [(0, 0), (1, 0), (1, 0), (1, 0), (2, 0), (2, 0), (2, 1), (2, 1)]
    to_do = ToDo.objects.get()
    assert (to_do.title, to_do.object_type, to_do.object_id) == ("Appeler la structure", "kernel.source", about.pk)
    assert Letter.objects.order_by("pk").first().facts == {"title": "Rappel"}  # type: ignore[union-attr]
    assert Climb.objects.get().closed_at == after(45)


def test_it_stops_when_anything_moves(about: Source) -> None:
    actions.take_steps(at=after(9))
    assert actions.move(about=about, at=after(10)) == 1
    assert actions.move(about=about, at=after(10)) == 0
    actions.take_steps(at=after(90))
    assert seen() == (1, 0)


def test_it_stops_when_what_was_waited_for_has_come_or_the_object_is_gone(about: Source) -> None:
    other = source("Autre")
    actions.open_climb(ladder="essai.remind", about=other, to=ALICE, at=AT)
    Source.objects.filter(pk=about.pk).update(licence="confirmée")
    other.delete()
    assert actions.take_steps(at=after(9)) == 2
    assert seen() == (0, 0)
    assert not Climb.objects.filter(closed_at__isnull=True).exists()


def test_it_does_not_say_what_another_rule_said_this_week(about: Source) -> None:
    at = after(9)
    mailbox = Mailbox.objects.get()
    key = said_key("essai.ask", "kernel.source", about.pk, mailbox.pk, at)
    actions.post(kind="essai.ask", to=mailbox, about=about, at=at, once_key=key)
    actions.take_steps(at=at)
    assert seen() == (1, 0)


def test_a_worker_that_was_away_does_not_send_two_reminders_in_a_row(about: Source) -> None:
    for hour in range(3):
        actions.take_steps(at=after(30) + timedelta(hours=hour))
    assert seen() == (1, 0)
    actions.take_steps(at=after(36))
    assert seen() == (2, 0)


def test_a_ladder_may_be_opened_again_once_it_is_over(about: Source) -> None:
    actions.move(about=about, at=after(1))
    actions.open_climb(ladder="essai.remind", about=about, to=ALICE, at=after(2))
    assert Climb.objects.filter(closed_at__isnull=True).count() == 1
    with pytest.raises(KeyError):
        actions.open_climb(ladder="essai.unheard", about=about, to=ALICE, at=AT)
