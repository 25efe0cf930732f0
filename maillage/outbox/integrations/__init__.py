"""The ways out: an SMTP server, a mail service (anymail), or the mailbox of the demonstration.

Words: a *transport* opens *channels*; a channel hands one message over and says what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.core.mail import EmailMultiAlternatives

from maillage.outbox.enums import Trouble
from maillage.outbox.models import Letter


class Unreachable(Exception):
    """No channel can be opened now: nothing was handed over."""


@dataclass(frozen=True)
class Sent:
    """The other side took it. server_id: its number there, when it gave one."""

    server_id: str = ""


@dataclass(frozen=True)
class NotSent:
    """The other side does not have it, for certain. is_final: trying again would not help."""

    trouble: Trouble
    is_final: bool = False


@dataclass(frozen=True)
class Perhaps:
    """Nobody can tell: it was cut while, or after, the message was handed over."""


Outcome = Sent | NotSent | Perhaps


class Channel(Protocol):
    """One connection. `is_open` turns false when it broke: the next letter needs another.

    is_apart: it waits for a server and touches no database, so the next letter may be written meanwhile.
    """

    is_open: bool
    is_apart: bool

    def hand_over(self, message: EmailMultiAlternatives, letter: Letter) -> Outcome:
        """Hand one message over; never raises for what the other side does."""

    def close(self) -> None:
        """Part politely; never raises."""


class Transport(Protocol):
    """How letters leave this site."""

    def open(self) -> Channel:
        """Raises Unreachable."""
