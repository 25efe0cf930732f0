"""F8, the longest one: the mail server is down for a day; nothing is lost, nothing leaves twice, nobody is pestered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives

from maillage.outbox import actions
from maillage.outbox.enums import State, Trouble
from maillage.outbox.integrations import NotSent, Outcome
from maillage.outbox.models import Letter, ToDo
from tests.outbox.world import AT, Way, postman

pytestmark = pytest.mark.django_db
READERS, MINUTES, HOURS = 12, 5, 24


@dataclass
class Refusing(Way):
    """A way out that answers, and takes nothing: every letter is refused for this trouble until it is well."""

    trouble: Trouble | None = None
    tries: int = 0

    def hand_over(self, message: EmailMultiAlternatives, letter: Letter) -> Outcome:
        self.tries += 1
        if self.trouble is not None:
            return NotSent(self.trouble)
        return super().hand_over(message, letter)


def plant() -> None:
    for number in range(READERS):
        actions.post(kind="essai.alone", to=f"lecteur{number}@exemple.test", facts={"title": "Titre"}, at=AT)
    actions.post(kind="essai.code", to="presse@exemple.test", facts={"code": "AAAAAA"}, at=AT)


def pass_time(way: Way, since: datetime, hours: int) -> datetime:
    """A worker that looks every MINUTES minutes, as one that starts anew each time."""
    at = since
    while at < since + timedelta(hours=hours):
        at += timedelta(minutes=MINUTES)
        postman(way, at).round()
    return at


@pytest.mark.parametrize("trouble", [None, Trouble.CONNECTION, Trouble.BUSY])
def test_a_day_without_the_server_loses_nothing_and_repeats_nothing(trouble: Trouble | None) -> None:
    plant()
    way = Refusing(trouble=trouble, is_away=trouble is None)
    back = pass_time(way, AT, HOURS)
    assert way.sent == []
    # Half an hour or an hour between two tries of a letter, once its first minutes are over.
    assert way.tries <= (READERS + 1) * (2 * HOURS + 10)
    assert ToDo.objects.count() == 0  # a server that is away is no letter that died
    way.trouble, way.is_away = None, False
    pass_time(way, back, 2)
    taken = Counter(message.to[0] for message in way.sent)
    assert taken == {f"lecteur{number}@exemple.test": 1 for number in range(READERS)}
    states = Counter(Letter.objects.values_list("state", flat=True))
    assert states == {State.SENT: READERS, State.FAILED: 1}  # a code of yesterday opens nothing


def test_a_week_without_the_server_ends_in_letters_that_say_so() -> None:
    plant()
    way = Refusing(is_away=True)
    at = AT
    for _ in range(24 * 7):
        at += timedelta(hours=1)
        postman(way, at).round()
    assert set(Letter.objects.values_list("state", "trouble")) == {(State.FAILED, Trouble.TOO_LATE)}
    way.is_away = False
    postman(way, at).round()
    assert way.sent == []
