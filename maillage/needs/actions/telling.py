"""Write to those behind a need or a theme; to each person once for each thing that happens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from maillage.needs.models import Need, Theme, Turn, Voice
from maillage.outbox import actions as outbox

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
