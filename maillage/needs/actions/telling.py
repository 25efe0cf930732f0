"""Write to those behind a need or a theme; to each person once for each thing that happens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from maillage.needs.models import Need, Theme, Turn, Voice
from maillage.outbox import actions as outbox
from maillage.outbox.enums import NOT_LEFT, State
from maillage.outbox.models import Letter

_UNSAID = (*NOT_LEFT, State.CANCELLED, State.FAILED)
_FOLLOWS = Q(confirmed_at__isnull=False, stopped_at__isnull=True) & (
    ~Q(email="") | Q(user__isnull=False, user__is_active=True)
)


def tell_need(*, need: Need, kind: str, key: str, at: datetime) -> int:
    """One letter of this kind to each person behind this need; how many."""
    return _tell(Voice.objects.filter(_FOLLOWS, need=need), kind, key, {}, at)


def tell_theme(*, theme: Theme, turn: Turn, at: datetime) -> int:
    """The letter of this turn, once to each person whose need is in the theme; how many."""
    voices = Voice.objects.filter(_FOLLOWS, need__theme=theme)
    return _tell(voices, "needs.turn", f"needs.turn:{turn.pk}", {"turn": turn.pk}, at)


def tell_taken_back(*, turns: Sequence[Turn], at: datetime) -> int:
    """A correction, once to each person to whom a letter of these turns left, or may have; how many."""
    told: set[int] = set()
    for turn in turns:
        prefix = f"needs.turn:{turn.pk}:"
        left = Letter.objects.filter(kind="needs.turn", once_key__startswith=prefix).exclude(state__in=_UNSAID)
        for letter in left.select_related("mailbox").order_by("pk"):
            about = Voice.objects.filter(pk=letter.object_id or 0).first()
            if about is None or letter.mailbox_id in told:
                continue
            told.add(letter.mailbox_id)
            key = f"needs.taken_back:{turn.pk}:{letter.mailbox_id}"
            outbox.post(
                kind="needs.taken_back", to=letter.mailbox, about=about, facts=letter.facts, at=at, once_key=key
            )
    return len(told)


def _tell(voices: Iterable[Voice], kind: str, key: str, facts: dict[str, int], at: datetime) -> int:
    told: set[int] = set()
    for voice in voices.select_related("user", "need").order_by("pk"):  # type: ignore[attr-defined]
        try:
            mailbox = outbox.mailbox_for(voice.user or voice.email, at=at)
        except outbox.AddressRefused:  # it could be written to when it was confirmed, and cannot any more
            continue
        if mailbox.pk not in told:
            told.add(mailbox.pk)
            outbox.post(kind=kind, to=mailbox, about=voice, facts=facts, at=at, once_key=f"{key}:{mailbox.pk}")
    return len(told)
