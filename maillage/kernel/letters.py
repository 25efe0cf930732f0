"""What a room declares to write to people; the outbox carries it.

Words: a *kind* is one sort of letter; a *subject* is what a person may refuse or keep; a *purpose* is what one
click on a signed link does; a *ladder* is a row of reminders. All are data, named in the room's manifest.
Neighbours: `maillage.outbox` reads them from the registry; a room writes them in its `notices.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Subject:
    """What a person can refuse in one click. key: kept with their choice; label: French, as in a list of choices."""

    key: str
    label: str


class Pace(Enum):
    """When a letter leaves: before everything else; by itself at its moment; gathered with others for its reader."""

    URGENT = "urgent"
    ALONE = "alone"
    GATHERED = "gathered"


@dataclass(frozen=True)
class Occasion:
    """What a kind knows when it writes itself, and a purpose when somebody clicks.

    object_type: "app.model", or "" when the letter speaks of nothing; object_id: its key, or None;
    facts: what was given to `post`; user_id: the reader's account, None without one; at: the moment of writing.
    """

    object_type: str
    object_id: int | None
    facts: Mapping[str, Any]
    mailbox_id: int
    address: str
    user_id: int | None
    at: datetime


@dataclass(frozen=True)
class Button:
    """One thing to do: `purpose` (a signed link on the letter's object, or on `about`) or `path` ("/annuaire/")."""

    label: str
    purpose: str = ""
    path: str = ""
    about: Model | None = None


@dataclass(frozen=True)
class Content:
    """A letter in plain French; no markup: everything here is escaped.

    title: also the subject line; sentences: paragraphs, who writes and why first; facts: (label, value);
    code: shown large, to be typed; signature: lines, the territory's contact when empty. reply_to: the address that an
    answer goes to, when the letter leaves by itself; the territory's contact when empty.
    """

    title: str
    sentences: tuple[str, ...]
    buttons: tuple[Button, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    code: str = ""
    signature: tuple[str, ...] = ()
    reply_to: str = ""


@dataclass(frozen=True)
class LetterKind:
    """One sort of letter. key: "room.word"; label: French, for agents.

    write: gives None when there is nothing to say any more (the object moved, the person lost the right);
    sample: the gallery's letter, made of nothing real; subject: None for what nobody can refuse;
    awaits_answer: comes first among gathered letters; valid_for: after that it is too late to leave;
    is_secret: nobody reads it in the back office, and its facts are forgotten once it left.
    """

    key: str
    label: str
    write: Callable[[Occasion], Content | None]
    sample: Callable[[], Content]
    subject: Subject | None = None
    pace: Pace = Pace.GATHERED
    awaits_answer: bool = False
    valid_for: timedelta = timedelta(days=5)
    is_secret: bool = False


@dataclass(frozen=True)
class Page:
    """What a link's page says, in French. button: what the click will do; links: (label, path) to go on."""

    title: str
    sentences: tuple[str, ...] = ()
    button: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Purpose:
    """What one click does. key: "room.word"; days: how long its links live.

    describe: the page before the click, or None when there is nothing to do any more; act: does it by calling a
    verb, inside the link's own transaction, and says what was done (raise nothing but a bug); digest: a word that
    changes when the object (still there when this is asked) moves, so that a link cannot act on what its letter did
    not show; "" when that cannot be.
    `in_place_of`: where to go from a link that is used, too old or overtaken, as (label, path).
    page: name of an address of the room that takes the token, when one click is not enough (a form to fill in): its
    view reads the link and spends it itself, `describe` and `act` are then not asked.
    """

    key: str
    days: int
    describe: Callable[[Occasion], Page | None] = lambda occasion: None
    act: Callable[[Occasion], Page] = lambda occasion: Page("")
    digest: Callable[[Occasion], str] = lambda occasion: ""
    in_place_of: Callable[[Occasion], tuple[tuple[str, str], ...]] = lambda occasion: ()
    is_single_use: bool = True
    page: str = ""


@dataclass(frozen=True)
class Step:
    """After `days` since the ladder was opened: a letter of this kind, or a to-do (French sentence) for an agent."""

    days: int
    kind: str = ""
    todo: str = ""


@dataclass(frozen=True)
class Ladder:
    """Reminders, as data. is_over: asked before each step; true when what was waited for has come."""

    key: str
    label: str
    steps: tuple[Step, ...]
    is_over: Callable[[Occasion], bool] = field(default=lambda occasion: False)
