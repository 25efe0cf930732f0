"""When ordinary letters are gathered, and how long one waits after a failure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from maillage.outbox.enums import Frequency, Trouble
from maillage.outbox.models import Mailbox

# In the morning, so that the day remains to answer.
GATHERING_TIME = time(7, 30)
MINUTE = timedelta(minutes=1)
# Minutes between two tries, by class of failure; the last one is repeated until it is too late.
BACK_OFF: dict[Trouble, tuple[int, ...]] = {
    Trouble.CONNECTION: (1, 2, 5, 10, 30),
    Trouble.BUSY: (5, 10, 20, 40, 60),
}
# A code is awaited by somebody in front of a screen.
URGENT_IS_FASTER = 12


def next_gathering(mailbox: Mailbox, after: datetime) -> datetime:
    """The first moment from `after` on at which this reader's letters may be gathered (Paris time)."""
    if mailbox.frequency == Frequency.AT_ONCE:
        return after
    day = timezone.localdate(after)
    while not _is_day_of(mailbox, day) or mailbox.was_gathered_for(day) or _moment(day) < after:
        day += timedelta(days=1)
    return _moment(day)


def _is_day_of(mailbox: Mailbox, day: date) -> bool:
    return mailbox.frequency == Frequency.DAILY or day.weekday() == mailbox.day


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, GATHERING_TIME))


def pause_after(trouble: Trouble, *, attempts: int, is_urgent: bool) -> timedelta:
    """How long to wait after the `attempts`-th failure (1 for the first) of this class."""
    steps = BACK_OFF[trouble]
    pause = steps[min(attempts, len(steps)) - 1] * MINUTE
    return pause / URGENT_IS_FASTER if is_urgent else pause
