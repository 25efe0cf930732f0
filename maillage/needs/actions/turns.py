"""What happens to a theme once it is gathered; whoever is behind one of its needs hears of each turn, once.

The rooms of choice and of calls enter by these verbs, and so do the agents while these rooms are not there. `address`:
where one may see it, a path of this site or an https address. All raise NeedRefused, and nothing is written then: a
turn that does not come now, a decision without a reason, a wrong address.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.needs import phrases
from maillage.needs.actions.refusal import NeedRefused
from maillage.needs.actions.telling import tell_theme
from maillage.needs.enums import REACHED_FROM, ThemeState
from maillage.needs.models import Theme, Turn

_LONGEST = 400


def put_to_vote(*, theme: Theme, address: str, at: datetime, by: User | None = None, words: str = "") -> Turn:
    """People may vote for it at this address."""
    return _turn(theme, ThemeState.TO_VOTE, words, address, by=by, at=at)


def settle(
    *, theme: Theme, is_chosen: bool, reason: str, at: datetime, by: User | None = None, address: str = ""
) -> Turn:
    """It is chosen, or it is not; either way the reason is public."""
    if not reason.strip():
        raise NeedRefused(phrases.DECISION_NEEDS_REASON, "sentence")
    state = ThemeState.CHOSEN if is_chosen else ThemeState.NOT_CHOSEN
    return _turn(theme, state, reason, address, by=by, at=at)


def offer_in_call(*, theme: Theme, address: str, words: str, at: datetime, by: User | None = None) -> Turn:
    """A call for projects offers it."""
    return _turn(theme, ThemeState.IN_CALL, words, address, by=by, at=at)


def open_theme(*, theme: Theme, words: str, at: datetime, address: str = "", by: User | None = None) -> Turn:
    """Something opened that answers the need."""
    return _turn(theme, ThemeState.OPEN, words, address, by=by, at=at)


def close_theme(*, theme: Theme, words: str, at: datetime, address: str = "", by: User | None = None) -> Turn:
    """Nothing more will happen to it."""
    return _turn(theme, ThemeState.CLOSED, words, address, by=by, at=at)


def _turn(theme: Theme, state: ThemeState, sentence: str, address: str, *, by: User | None, at: datetime) -> Turn:
    said, where = sentence.strip(), address.strip()
    if len(said) > _LONGEST:
        raise NeedRefused(phrases.SENTENCE_TOO_LONG, "sentence")
    if where and (len(where) > 300 or not (where.startswith("https://") or _is_path(where))):
        raise NeedRefused(phrases.WRONG_ADDRESS, "address")
    with transaction.atomic():
        held = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        if ThemeState(held.state) not in REACHED_FROM[state]:
            raise NeedRefused(phrases.WRONG_ORDER.format(state=held.get_state_display().lower()))
        before, held.state = held.state, state
        held.save(update_fields=["state"])
        turn = Turn.objects.create(theme=held, state=state, sentence=said, address=where, at=at, by=by)
        journal(verb="turn", target=held, changes={"state": [before, str(state)]}, by=by, at=at, note=said)
        tell_theme(theme=held, turn=turn, at=at)
    return turn


def _is_path(where: str) -> bool:
    return where.startswith("/") and not where.startswith("//") and "\\" not in where
