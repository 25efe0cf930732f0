"""The line of turns: from the day somebody said a need to what it became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from maillage.needs import phrases
from maillage.needs.enums import Reading, ThemeState
from maillage.needs.models import Need, Theme, Turn
from maillage.needs.queries.published import people_behind


@dataclass(frozen=True)
class Link:
    """One turn that happened. address: where to see it, "" for nowhere."""

    label: str
    at: datetime
    sentence: str = ""
    address: str = ""


@dataclass(frozen=True)
class Chain:
    """What happened, in order, and what comes next in a sentence ("" when it is over)."""

    links: tuple[Link, ...]
    then: str


def chain_of_need(need: Need) -> Chain:
    """Said, read, gathered with so many others, then the turns of its theme. Two queries, none without a theme."""
    links = [Link(phrases.SAID, need.said_at, need.get_channel_display())]
    if need.reading == Reading.NEW or need.read_at is None:
        return Chain(tuple(links), phrases.NEXT_NEW)
    if need.reading == Reading.SET_ASIDE:
        return Chain((*links, Link(phrases.SET_ASIDE, need.read_at, need.reason)), "")
    links.append(Link(phrases.PUBLISHED, need.read_at))
    if need.theme is None or need.grouped_at is None:
        return Chain(tuple(links), phrases.NEXT_ALONE)
    gathered = phrases.with_others(people_behind(need.theme))
    links.append(Link(need.theme.title, need.grouped_at, gathered, need.theme.get_absolute_url()))
    links += [link for link in _turns(need.theme) if link.label != phrases.TURNS[ThemeState.GATHERED]]
    return Chain(tuple(links), _then(need.theme))


def chain_of_theme(theme: Theme) -> Chain:
    """The turns of a theme, the first gathering included. One query."""
    return Chain(tuple(_turns(theme)), _then(theme))


def last_turn_of_today(theme: Theme, at: datetime) -> Turn | None:
    """The turn that may be taken back: the last one, said on this Paris day, and not the first gathering. One query."""
    turns = list(theme.turns.filter(taken_back_at=None, is_workshop=False, is_project=False).order_by("-at", "-pk")[:2])
    is_today = len(turns) == 2 and timezone.localdate(turns[0].at) == timezone.localdate(at)
    return turns[0] if is_today else None


def _turns(theme: Theme) -> list[Link]:
    turns = theme.turns.filter(taken_back_at=None).order_by("at", "pk")
    return [
        Link(phrases.PASSING.get(one.passing, phrases.TURNS[ThemeState(one.state)]), one.at, one.sentence, one.address)
        for one in turns
    ]


def _then(theme: Theme) -> str:
    return phrases.NEXT.get(ThemeState(theme.state), "")
