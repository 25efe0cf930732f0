"""What happens to a theme once it is gathered; whoever is behind one of its needs hears of each turn, once.

Words: a *workshop* is a turn that leaves the theme where it is; to *take back* undoes the last turn, the same day.

The rooms of choice and of calls enter by these verbs, and so do the agents while these rooms are not there. `address`:
where one may see it, a path of this site or an https address. All raise NeedRefused, and nothing is written then: a
turn that does not come now, a decision without a reason, a wrong address.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.needs import phrases
from maillage.needs.actions.refusal import NeedRefused
from maillage.needs.actions.telling import tell_taken_back, tell_theme
from maillage.needs.enums import OVER, REACHED_FROM, ThemeState
from maillage.needs.models import Theme, Turn

_LONGEST = 400
_LONGEST_REASON = 300
# Where votes on themes are: what a room above says is taken back in that room, which would go on otherwise.
_VOTES = "/consultations/"


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


def announce_workshop(*, theme: Theme, words: str, address: str, at: datetime, by: User | None = None) -> Turn:
    """People will meet about it; nothing is decided, so the theme stays where it is. Refused once the theme is over."""
    return _passing(theme, "workshop", words, address, by=by, at=at)


def announce_project(*, theme: Theme, words: str, address: str, at: datetime, by: User | None = None) -> Turn:
    """A project came of it, and the desk helps it; the theme stays where it is. Refused once the theme is over."""
    return _passing(theme, "project", words, address, by=by, at=at)


def _passing(theme: Theme, what: str, words: str, address: str, *, by: User | None, at: datetime) -> Turn:
    said, where = _checked(words, address)
    with transaction.atomic():
        held = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        if held.state in OVER:
            raise NeedRefused(phrases.WORKSHOP_TOO_LATE)
        turn = Turn.objects.create(
            theme=held, state=held.state, sentence=said, address=where, at=at, by=by, **{f"is_{what}": True}
        )
        journal(verb=what, target=held, changes={"turn": [None, turn.pk]}, by=by, at=at, note=said)
        tell_theme(theme=held, turn=turn, at=at)
    return turn


def cancel_workshop(*, theme: Theme, address: str, reason: str, at: datetime, by: User | None = None) -> int:
    """The workshop at this address will not be: whoever had read of it reads why. How many turns, 0 for none."""
    said = " ".join(reason.split())[:_LONGEST_REASON]
    if not said:
        raise NeedRefused(phrases.TAKE_BACK_NEEDS_REASON, "reason")
    with transaction.atomic():
        held = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        found = held.turns.filter(is_workshop=True, address=address, taken_back_at=None).order_by("-at", "-pk")
        turns = list(found)
        if turns:
            found.update(taken_back_at=at, taken_back_reason=said)
            changes = {"turn": [[turn.pk for turn in turns], None]}
            journal(verb="take_back", target=held, changes=changes, by=by, at=at, note=said)
            tell_taken_back(turns=turns, at=at)
    return len(turns)


def take_back(*, theme: Theme, reason: str, at: datetime, by: User | None = None) -> Turn:
    """The last turn was a mistake: the theme is again where it stood, and whoever had read of it reads the correction.

    The Paris day of the turn only. A workshop is cancelled as a meeting and a vote as a consultation: theirs stay.
    """
    said = " ".join(reason.split())
    if not said or len(said) > _LONGEST_REASON:
        raise NeedRefused(phrases.TAKE_BACK_NEEDS_REASON, "reason")
    with transaction.atomic():
        held = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        turns = list(
            held.turns.filter(taken_back_at=None, is_workshop=False, is_project=False).order_by("-at", "-pk")[:2]
        )
        if len(turns) < 2 or timezone.localdate(turns[0].at) != timezone.localdate(at):
            raise NeedRefused(phrases.NOTHING_TO_TAKE_BACK)
        last, before = turns
        if last.address.startswith(_VOTES):
            raise NeedRefused(phrases.HELD_BY_A_VOTE)
        last.taken_back_at, last.taken_back_reason = at, said
        last.save(update_fields=["taken_back_at", "taken_back_reason"])
        changes = {"state": [held.state, before.state], "turn": [last.pk, None]}
        held.state = before.state
        held.save(update_fields=["state"])
        journal(verb="take_back", target=held, changes=changes, by=by, at=at, note=said)
        tell_taken_back(turns=[last], at=at)
    return last


def _turn(theme: Theme, state: ThemeState, sentence: str, address: str, *, by: User | None, at: datetime) -> Turn:
    said, where = _checked(sentence, address)
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


def _checked(sentence: str, address: str) -> tuple[str, str]:
    said, where = sentence.strip(), address.strip()
    if len(said) > _LONGEST:
        raise NeedRefused(phrases.SENTENCE_TOO_LONG, "sentence")
    if where and (len(where) > 300 or not (where.startswith("https://") or _is_path(where))):
        raise NeedRefused(phrases.WRONG_ADDRESS, "address")
    return said, where


def _is_path(where: str) -> bool:
    return where.startswith("/") and not where.startswith("//") and "\\" not in where
