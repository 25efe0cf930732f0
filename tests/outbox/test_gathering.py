from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from maillage.outbox import actions
from maillage.outbox.enums import Frequency, State, Trouble
from maillage.outbox.models import Letter, Mailbox
from maillage.outbox.models.mailbox import EVERYTHING
from tests.outbox.world import AT, Way, postman, source

pytestmark = pytest.mark.django_db
TUESDAY = timezone.make_aware(datetime(2026, 12, 1, 8, 0))  # noqa: DTZ001
ALICE = "alice@exemple.test"


def say(word: str, title: str, at: datetime = AT, to: str = ALICE) -> Letter:
    return actions.post(kind=f"essai.{word}", to=to, about=source(title), facts={"title": title}, at=at)


def test_a_reader_gets_one_letter_what_waits_for_an_answer_first() -> None:
    for word, title in (("news", "Nouvelle 1"), ("ask", "Question"), ("news", "Nouvelle 2")):
        say(word, title)
    assert actions.gather(at=AT) == 0
    assert actions.gather(at=TUESDAY) == 1
    way = Way()
    postman(way, TUESDAY).round()
    assert way.titles == ["Ce qui attend votre réponse"]
    text = str(way.sent[0].body)
    assert text.index("Question") < text.index("Nouvelle 1") < text.index("Nouvelle 2")
    assert set(Letter.objects.values_list("state", flat=True)) == {State.SENT}
    assert Letter.objects.filter(gathered_in__isnull=False, left_at=TUESDAY).count() == 3


def test_one_thing_to_say_needs_no_carrier() -> None:
    letter = say("news", "Seule")
    actions.gather(at=TUESDAY)
    letter.refresh_from_db()
    assert (Letter.objects.count(), letter.state) == (1, State.PENDING)


def test_no_second_letter_in_the_same_week_whatever_is_posted() -> None:
    say("news", "Première")
    actions.gather(at=TUESDAY)
    late = say("news", "Deuxième", at=TUESDAY)
    Letter.objects.filter(pk=late.pk).update(due_at=TUESDAY)  # as a worker that was away would find it
    actions.gather(at=TUESDAY + timedelta(days=1))
    late.refresh_from_db()
    assert late.state == State.WAITING
    assert timezone.localtime(late.due_at).isoformat() == "2026-12-08T07:30:00+01:00"


def test_a_reader_who_wants_it_at_once_waits_for_nothing() -> None:
    mailbox = actions.mailbox_for(ALICE, at=AT)
    actions.set_preferences(
        mailbox=mailbox, frequency=Frequency.AT_ONCE, day=1, blocked_subjects=[], by=None, at=AT
    )  # fmt: skip
    for title in ("Une", "Deux"):
        say("news", title)
        actions.gather(at=AT)
    way = Way()
    postman(way, AT).round()
    assert way.titles == ["Une", "Deux"]


def test_what_was_refused_meanwhile_does_not_leave() -> None:
    kept, refused = say("ask", "Gardée"), say("news", "Refusée")
    Mailbox.objects.update(blocked_subjects=["essai.nouvelles"])
    actions.gather(at=TUESDAY)
    kept.refresh_from_db()
    refused.refresh_from_db()
    assert (kept.state, refused.state, refused.trouble) == (State.PENDING, State.CANCELLED, Trouble.BLOCKED)


def test_refusing_cancels_at_once_and_a_new_day_moves_what_waits() -> None:
    news, ask = say("news", "Nouvelle"), say("ask", "Question")
    mailbox = Mailbox.objects.get()
    actions.set_preferences(
        mailbox=mailbox, frequency=Frequency.WEEKLY, day=4, blocked_subjects=["essai.nouvelles"], by=None, at=AT
    )
    news.refresh_from_db()
    ask.refresh_from_db()
    assert news.state == State.CANCELLED
    assert timezone.localtime(ask.due_at).isoformat() == "2026-11-27T07:30:00+01:00"
    actions.block(mailbox=Mailbox.objects.get(), subject=EVERYTHING, at=AT)
    ask.refresh_from_db()
    assert (ask.state, ask.trouble) == (State.CANCELLED, Trouble.BLOCKED)


def test_a_letter_for_later_keeps_its_moment_when_choices_change() -> None:
    much_later = AT + timedelta(days=60)
    letter = actions.post(kind="essai.news", to=ALICE, at=AT, due_at=much_later)
    actions.set_preferences(
        mailbox=Mailbox.objects.get(), frequency=Frequency.AT_ONCE, day=1, blocked_subjects=[], by=None, at=AT
    )
    letter.refresh_from_db()
    assert letter.due_at == much_later


def test_a_gathered_letter_with_nothing_left_to_say_does_not_leave() -> None:
    for title in ("Une", "Deux"):
        say("news", title)
    actions.gather(at=TUESDAY)
    from maillage.kernel.models import Source

    Source.objects.all().delete()
    way = Way()
    postman(way, TUESDAY).round()
    assert way.sent == []
    assert set(Letter.objects.values_list("state", "trouble")) == {(State.CANCELLED, Trouble.NOTHING_TO_SAY)}


def test_gathering_takes_as_many_queries_for_one_reader_as_for_twenty(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for readers in (1, 20):
        for number in range(readers):
            for title in ("Une", "Deux"):
                say("news", title, to=f"lecteur{readers}-{number}@exemple.test")
        with django_assert_num_queries(8):
            assert actions.gather(at=TUESDAY) == readers
