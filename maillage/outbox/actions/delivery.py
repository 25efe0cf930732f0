"""Let letters leave: each is taken by one worker, begun once, and never sent again by itself when nobody knows.

Words: to *claim* is to take letters for a while (a lease); to *begin* is to write down, just before it, that a letter
is handed over. A lease that ends on a letter that was not begun puts it back; on one that was begun, it is
`uncertain`, and a person settles it. Letters are begun by the *handful*, what a worker hands over in HANDFUL_SECONDS,
and one ahead: two handfuls are all that its death leaves in doubt. Claims wait for the disk; what happens to each
handful of a claim does not (`soft`), so a claim of another epoch is in doubt whole. ADR 13 and 14.
Neighbours: the worker's chore calls `Postman.round`; integrations say what became of a message.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from maillage.kernel.registry import letter_kinds
from maillage.outbox import phrases, writing
from maillage.outbox.actions.mailboxes import stop
from maillage.outbox.actions.to_dos import open_to_do
from maillage.outbox.enums import State, StopReason, Trouble
from maillage.outbox.integrations import Channel, NotSent, Outcome, Perhaps, Sent, Transport, Unreachable
from maillage.outbox.models import Letter, Mailbox
from maillage.outbox.moments import pause_after
from maillage.outbox.soft import epoch, soft_commit

logger = logging.getLogger("maillage.outbox")
Ready = tuple[Letter, EmailMultiAlternatives]
Done = tuple[Letter, Outcome]
LEASE = timedelta(minutes=5)
# Figures of a worker's own name in `owner`; the epoch comes after.
NAME = 16
LETTERS_PER_CLAIM = 25
# A code asked for meanwhile does not wait longer than this, and one letter, for those already taken.
SECONDS_PER_CLAIM = 2.0
# What is handed over between two commits: four letters to a server that takes 20 ms.
HANDFUL_SECONDS = 0.1
HANDFUL_AT_MOST = 8
# Then a worker that was asked to end may.
SECONDS_PER_ROUND = 5.0
LONGEST_PAUSE_SECONDS = 60.0


def claim(*, owner: str, at: datetime, limit: int = LETTERS_PER_CLAIM) -> list[Letter]:
    """Take the most pressing letters for LEASE; nobody else gets them meanwhile. Their mailboxes are loaded.

    owner: ends with the epoch of the store in which it was taken (`owner_now`).
    """
    skip: dict[str, Any] = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    with transaction.atomic():
        ids = list(Letter.objects.ready(at).select_for_update(**skip).values_list("pk", flat=True)[:limit])
        if not ids:
            return []
        Letter.objects.filter(pk__in=ids, state=State.PENDING).update(
            state=State.SENDING, owner=owner, lease_until=at + LEASE, is_begun=False
        )
    taken = Letter.objects.filter(pk__in=ids, state=State.SENDING, owner=owner).select_related("mailbox")
    return list(taken.order_by("rank", "due_at", "pk"))


def owner_now(name: str) -> str:
    """What a worker of this name (16 figures) signs its claims with today."""
    return f"{name}{epoch()}"


def is_of_epoch(owner: str, today: str) -> bool:
    """Was this claim taken in the epoch of today? Where epochs are not known, nothing is soft and all is well."""
    return owner[NAME:] == today


def begin(letters: list[Letter], *, owner: str, at: datetime) -> list[Letter]:
    """Write down that this worker hands these over; which are still its own. A lease that ended takes them away."""
    ids = [one.pk for one in letters]
    mine = Letter.objects.filter(pk__in=ids, owner=owner, state=State.SENDING, is_begun=False)
    if mine.update(is_begun=True, lease_until=at + LEASE) == len(letters):
        return letters
    kept = set(Letter.objects.filter(pk__in=ids, owner=owner, is_begun=True).values_list("pk", flat=True))
    return [one for one in letters if one.pk in kept]


def overtaken(letters: list[Letter]) -> list[Letter]:
    """Those whose reader was stopped, refused something or was erased since they were taken. One query."""
    mailboxes = Mailbox.objects.filter(pk__in={one.mailbox_id for one in letters})
    today = {pk: told for pk, *told in mailboxes.values_list("pk", "stop_reason", "blocked_subjects")}
    return [
        one for one in letters if today.get(one.mailbox_id) != [one.mailbox.stop_reason, one.mailbox.blocked_subjects]
    ]


def look_again(letter: Letter) -> bool:
    """Load its mailbox as it is now; False when its reader was erased, and the letter with them."""
    now = Mailbox.objects.filter(pk=letter.mailbox_id).first()
    if now is not None:
        letter.mailbox = now
    return now is not None


def give_back(letters: list[Letter], *, owner: str, is_begun: bool = False) -> None:
    """Put back what was taken and not begun; with is_begun, what was begun and for certain not handed over."""
    ids = [one.pk for one in letters]
    mine = Letter.objects.filter(pk__in=ids, owner=owner, state=State.SENDING, is_begun=is_begun)
    mine.update(state=State.PENDING, owner="", lease_until=None, is_begun=False)


def reap(*, at: datetime) -> int:
    """End the leases that are over, give up what is too late; how many letters moved."""
    over = list(Letter.objects.filter(state=State.SENDING, lease_until__lt=at)[:100])
    today = epoch() if over else ""
    for letter in over:
        # Its owner may still live, and say later what became of it; a lost commit may have been its beginning.
        if letter.is_begun or not is_of_epoch(letter.owner, today):
            _close(letter, letter.owner, State.UNCERTAIN, trouble=Trouble.INTERRUPTED, since=[State.SENDING])
        else:
            give_back([letter], owner=letter.owner)
    late = list(Letter.objects.ready(at).filter(too_late_at__lt=at)[:100])
    for letter in late:
        _close(letter, "", State.FAILED, trouble=letter.trouble or Trouble.TOO_LATE, since=[State.PENDING])
    return len(over) + len(late)


def finish(letter: Letter, outcome: Outcome, *, owner: str, at: datetime) -> None:
    """Write down what became of a letter this worker began; nothing when a person settled it meanwhile."""
    with transaction.atomic():
        match outcome:
            case Sent(server_id):
                _close(letter, owner, State.SENT, left_at=at, server_id=server_id, trouble="")
            case Perhaps():
                _close(letter, owner, State.UNCERTAIN, trouble=Trouble.UNKNOWN)
            case NotSent(trouble, is_final=True):
                _close(letter, owner, State.FAILED, trouble=trouble)
                _mourn(letter, trouble, at)
            case NotSent(trouble):
                _try_later(letter, trouble, owner, at)


def finish_all(done: list[Done], *, owner: str, at: datetime) -> None:
    """`finish` for a handful; those that left are written down together."""
    left: dict[bool, dict[int, str]] = {False: {}, True: {}}
    for letter, outcome in done:
        kind = letter_kinds().get(letter.kind)
        if kind is not None and isinstance(outcome, Sent):
            left[kind.is_secret][letter.pk] = outcome.server_id
        else:  # it carries others, or did not leave
            finish(letter, outcome, owner=owner, at=at)
    for is_secret, numbers in left.items():
        if numbers:
            told = Case(*(When(pk=pk, then=Value(number)) for pk, number in numbers.items()))
            rows = Letter.objects.filter(pk__in=list(numbers), owner=owner, state__in=[State.SENDING, State.UNCERTAIN])
            forgotten: dict[str, Any] = {"facts": {}} if is_secret else {}
            rows.update(state=State.SENT, lease_until=None, left_at=at, trouble="", server_id=told, **forgotten)


def _close(letter: Letter, owner: str, state: State, *, since: list[State] | None = None, **facts: Any) -> None:
    """Move a letter to a state it stays in, with those it carries; what is secret is forgotten."""
    kind = letter_kinds().get(letter.kind)
    if kind is not None and kind.is_secret and state in (State.SENT, State.FAILED, State.CANCELLED):
        facts["facts"] = {}
    rows = Letter.objects.filter(pk=letter.pk, owner=owner, state__in=since or [State.SENDING, State.UNCERTAIN])
    if rows.update(state=state, lease_until=None, **facts) and letter.kind not in letter_kinds():
        carried = {"state": state, "trouble": facts.get("trouble", ""), "left_at": facts.get("left_at")}
        Letter.objects.filter(gathered_in=letter.pk, state=State.PENDING).update(**carried)


def _try_later(letter: Letter, trouble: Trouble, owner: str, at: datetime) -> None:
    attempts = letter.attempts + 1
    due_at = at + pause_after(trouble, attempts=attempts, is_urgent=letter.rank == 0)
    if due_at > letter.too_late_at:
        _close(letter, owner, State.FAILED, trouble=trouble, attempts=attempts)
        return
    mine = Letter.objects.filter(pk=letter.pk, owner=owner, state__in=[State.SENDING, State.UNCERTAIN])
    mine.update(
        state=State.PENDING,
        owner="",
        lease_until=None,
        is_begun=False,
        attempts=attempts,
        trouble=trouble,
        due_at=due_at,
    )


def _mourn(letter: Letter, trouble: Trouble, at: datetime) -> None:
    """A letter that cannot arrive is a call to make; an address that does not exist gets no other."""
    if trouble == Trouble.NO_SUCH_ADDRESS:
        stop(mailbox=letter.mailbox, reason=StopReason.BOUNCE, by=None, at=at, happened_at=at)
    elif letter.rank > 0:
        kind = letter_kinds().get(letter.kind)
        label = kind.label if kind else "Lettre groupée"
        open_to_do(
            title=phrases.DEAD_LETTER.format(label=label),
            mailbox=letter.mailbox,
            object_type=letter.object_type,
            object_id=letter.object_id,
            once_key=f"dead:{letter.pk}",
            at=at,
        )


@dataclass
class Postman:
    """One worker's hand: keeps its name, and how long to leave alone a server that does not answer."""

    transport: Callable[[], Transport | None]
    clock: Callable[[], datetime] = timezone.now
    name: str = field(default_factory=lambda: uuid.uuid4().hex[:NAME])
    owner: str = ""
    failures: int = 0
    _not_before: float = 0.0
    _channel: Channel | None = None
    _last: list[Done] = field(default_factory=list)
    _hand: ThreadPoolExecutor | None = None
    # Seconds for a letter, as the other side has lately been.
    _pace: float = HANDFUL_SECONDS

    def round(self) -> int:
        """Send what is ready for SECONDS_PER_ROUND, or until the server is away; how many letters left."""
        reap(at=self.clock())
        if time.monotonic() < self._not_before or not Letter.objects.ready(self.clock()).exists():
            return 0
        transport = self.transport()
        if transport is None:  # nowhere to go: letters wait, and the back office says so
            return 0
        sent = 0
        try:
            until = time.monotonic() + SECONDS_PER_ROUND
            while self._not_before <= time.monotonic() < until:
                done = self._some(transport)
                if done is None:
                    break
                sent += done
        finally:
            self._hang_up()
            self._last = []  # a database that went away in between leaves them in doubt
        return sent

    def _some(self, transport: Transport) -> int | None:
        """Claim and send a few; None when nothing is ready. The channel is open before anything is taken."""
        if not self._open(transport):
            return 0
        self.owner = owner_now(self.name)
        letters = claim(owner=self.owner, at=self.clock())
        if not letters:
            return None
        sent, began = 0, time.monotonic()
        ready = self._begin_next(letters)
        while ready and self._open(transport):
            done, ready = self._deliver(ready, letters)
            sent += sum(isinstance(outcome, Sent) for _, outcome in done)
            if any(outcome == NotSent(Trouble.CONNECTION) for _, outcome in done):
                self._pause()
                break
            if time.monotonic() - began >= SECONDS_PER_CLAIM:
                break
        self._finish_last()
        give_back([letter for letter, _ in ready], owner=self.owner, is_begun=True)
        give_back(letters, owner=self.owner)
        return sent

    def _begin_next(self, letters: list[Letter]) -> list[Ready]:
        """Write the next handful and begin it; those that have nothing to say are closed.

        What became of the handful before is written in the same commit.
        """
        size = max(1, min(HANDFUL_AT_MOST, int(HANDFUL_SECONDS / self._pace)))
        ready: list[Ready] = []
        while letters and len(ready) < size:
            letter = letters.pop(0)
            written = self._write(letter)
            if written is not None:
                ready.append((letter, writing.message(letter, written)))
        with soft_commit(is_soft=len(self.owner) > NAME):
            self._finish_last()
            late = overtaken([letter for letter, _ in ready])
            mine = begin([letter for letter, _ in ready if letter not in late], owner=self.owner, at=self.clock())
        # Their readers chose otherwise since they were written: write them again.
        letters[:0] = [one for one in late if look_again(one)]
        begun = [one for one in ready if one[0] in mine]
        return begun or (self._begin_next(letters) if letters else [])

    def _deliver(self, handful: list[Ready], others: list[Letter]) -> tuple[list[Done], list[Ready]]:
        """Hand a handful over, and begin the one after it while the server answers; what became of the first."""
        channel = self._channel
        assert channel is not None
        if channel.is_apart:
            self._hand = self._hand or ThreadPoolExecutor(1, "outbox-hand")
            waiting = self._hand.submit(self._hand_over, channel, handful)
            try:
                ahead = self._begin_next(others)
            finally:
                done = waiting.result()
        else:
            done = self._hand_over(channel, handful)
            ahead = self._begin_next(others)
        self._last = done
        for letter, outcome in done:
            if not isinstance(outcome, Sent):
                logger.warning("outbox: letter %s to %s: %s", letter.pk, letter.mailbox.digest, outcome)
        if len(done) < len(handful):  # the channel broke before their turn
            give_back([letter for letter, _ in handful[len(done) :]], owner=self.owner, is_begun=True)
        return done, ahead

    def _hand_over(self, channel: Channel, handful: list[Ready]) -> list[Done]:
        """As far as the channel goes."""
        began, done = time.monotonic(), list[Done]()
        for letter, message in handful:
            if not channel.is_open:
                break
            done.append((letter, channel.hand_over(message, letter)))
        if done:
            self._pace = max((time.monotonic() - began) / len(done), 1e-6)
        return done

    def _finish_last(self) -> None:
        if self._last:
            finish_all(self._last, owner=self.owner, at=self.clock())
            self._last = []

    def _write(self, letter: Letter) -> writing.Written | None:
        """The letter as it is now; it is closed here when there is nothing to say, or when its kind fails."""
        try:
            written = writing.write(letter, at=self.clock())
        except Exception as error:  # noqa: BLE001 — one room's fault keeps one letter back, not the whole mail
            # Its message could name somebody: the type is enough to find the fault.
            logger.error("outbox: letter %s (%s) cannot be written: %s", letter.pk, letter.kind, type(error).__name__)  # noqa: TRY400
            _close(letter, self.owner, State.FAILED, trouble=Trouble.WRITING)
            return None
        if written is None:
            _close(letter, self.owner, State.CANCELLED, trouble=Trouble.NOTHING_TO_SAY)
        return written

    def _open(self, transport: Transport) -> bool:
        if self._channel is not None and self._channel.is_open:
            return True
        try:
            self._channel = transport.open()
        except Unreachable as error:
            logger.warning("outbox: no way out (%s)", error)
            self._pause()
            return False
        self.failures = 0
        return True

    def _pause(self) -> None:
        self.failures += 1
        self._not_before = time.monotonic() + min(2.0**self.failures, LONGEST_PAUSE_SECONDS)

    def _hang_up(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None
