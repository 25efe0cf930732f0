from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from maillage.outbox import actions
from maillage.outbox.addresses import AddressRefused, digest, normalise
from maillage.outbox.enums import Frequency, State, StopReason, Trouble
from maillage.outbox.models import Letter, Mailbox
from maillage.outbox.moments import next_gathering
from tests.factories import person
from tests.outbox.world import AT, Way, postman, source

pytestmark = pytest.mark.django_db


def test_an_ordinary_letter_waits_for_the_day_of_its_reader() -> None:
    letter = actions.post(kind="essai.news", to="alice@exemple.test", about=source(), at=AT)
    assert letter.state == State.WAITING
    assert timezone.localtime(letter.due_at).isoformat() == "2026-12-01T07:30:00+01:00"  # the next Tuesday
    assert (letter.object_type, letter.subject) == ("kernel.source", "essai.nouvelles")


def test_a_code_is_ready_at_once_before_everything_else() -> None:
    alone = actions.post(kind="essai.alone", to="alice@exemple.test", at=AT)
    code = actions.post(kind="essai.code", to="alice@exemple.test", facts={"code": "123"}, at=AT)
    assert (alone.state, code.state) == (State.PENDING, State.PENDING)
    assert list(Letter.objects.ready(AT)) == [code, alone]


def test_what_another_rule_said_is_not_said_again() -> None:
    first = actions.post(kind="essai.news", to="alice@exemple.test", at=AT, once_key="one:2026")
    second = actions.post(kind="essai.ask", to="Alice@Exemple.test", at=AT, once_key="one:2026")
    assert first == second
    assert Letter.objects.count() == 1


def test_a_letter_of_an_act_that_failed_never_was() -> None:
    with transaction.atomic():
        actions.post(kind="essai.alone", to="alice@exemple.test", at=AT)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_a_kind_nobody_declared_is_refused() -> None:
    with pytest.raises(actions.UnknownKind):
        actions.post(kind="essai.unheard", to="alice@exemple.test", at=AT)


def test_a_person_and_their_address_are_one_mailbox() -> None:
    actions.post(kind="essai.news", to="bruno@exemple.test", at=AT)
    user = person("Bruno@exemple.test")
    letter = actions.post(kind="essai.news", to=user, at=AT)
    assert Mailbox.objects.get().user == user
    assert letter.mailbox.address == "bruno@exemple.test"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Alice@Exemple.TEST ", "alice@exemple.test"),
        ("alice+lettre@exemple.test", "alice+lettre@exemple.test"),
        ("mairie@péronne.test", "mairie@xn--pronne-bva.test"),
    ],
)
def test_an_address_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "alice",
        "alice@exemple.test, bruno@exemple.test",
        "alice@exemple.test;bruno@exemple.test",
        "alice@exemple.test\r\nBcc: bruno@exemple.test",
        '"alice bruno"@exemple.test',
        "élise@exemple.test",
        f"{'a' * 300}@exemple.test",
        f"alice@{'a' * 64}.test",
        "alice@exemple..test",
        "<alice@exemple.test>",
    ],
)
def test_an_address_that_could_hide_another_is_refused(typed: str) -> None:
    with pytest.raises(AddressRefused, match="Cette adresse"):
        actions.post(kind="essai.news", to=typed, at=AT)
    assert not Mailbox.objects.exists()


def test_the_word_for_an_address_does_not_show_it() -> None:
    word = digest("alice@exemple.test")
    assert len(word) == 16
    assert "alice" not in word
    assert word != digest("alice@exemple.test2")
    letter = actions.post(kind="essai.news", to="alice@exemple.test", at=AT)
    assert "alice" not in f"{letter.mailbox} {letter}"


@pytest.mark.parametrize("reason", [StopReason.BOUNCE, StopReason.ERASED])
def test_a_stopped_address_gets_nothing_not_even_a_code(reason: StopReason) -> None:
    mailbox = actions.mailbox_for("alice@exemple.test", at=AT)
    actions.stop(mailbox=mailbox, reason=reason, by=None, at=AT, happened_at=AT)
    letters = [actions.post(kind=f"essai.{word}", to="alice@exemple.test", at=AT) for word in ("news", "alone", "code")]
    assert {(letter.state, letter.trouble) for letter in letters} == {(State.CANCELLED, Trouble.STOPPED)}


def test_somebody_who_complained_still_gets_the_code_they_ask_for() -> None:
    mailbox = actions.mailbox_for("alice@exemple.test", at=AT)
    actions.stop(mailbox=mailbox, reason=StopReason.COMPLAINT, by=None, at=AT, happened_at=AT)
    way = Way()
    actions.post(kind="essai.code", to="alice@exemple.test", facts={"code": "1"}, at=AT)
    actions.post(kind="essai.alone", to="alice@exemple.test", at=AT)
    postman(way, AT).round()
    assert way.titles == ["Votre code"]


@given(
    frequency=some.sampled_from(Frequency),
    day=some.integers(0, 6),
    gathered=some.none() | some.dates(date(2026, 10, 1), date(2026, 12, 31)),
    after=some.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31), timezones=some.just(UTC)),  # noqa: DTZ001
)
def test_the_next_gathering_is_ahead_and_never_twice_in_a_period(
    frequency: Frequency, day: int, gathered: date | None, after: datetime
) -> None:
    mailbox = Mailbox(frequency=frequency, day=day, gathered_date=gathered)
    moment = next_gathering(mailbox, after)
    local = timezone.localtime(moment)
    assert moment >= after
    if frequency == Frequency.AT_ONCE:
        assert moment == after
        return
    assert (local.hour, local.minute) == (7, 30)  # summer and winter
    assert frequency == Frequency.DAILY or local.weekday() == day
    if gathered is not None:
        before = gathered if frequency == Frequency.DAILY else gathered.isocalendar()[:2]
        assert before < (local.date() if frequency == Frequency.DAILY else local.date().isocalendar()[:2])  # type: ignore[operator]
    limit = timedelta(days=15) if gathered is None else timedelta(days=15) + max(
        timedelta(), datetime(gathered.year, gathered.month, gathered.day, tzinfo=UTC) - after
    )  # fmt: skip
    assert moment - after < limit
