"""An agent reads a need, and publishes it or sets it aside; either may be changed later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.directory.models import Term
from maillage.kernel.actions import journal
from maillage.needs import phrases
from maillage.needs.actions.refusal import NeedRefused
from maillage.needs.actions.telling import tell_need
from maillage.needs.enums import Reading
from maillage.needs.likeness import roots_of
from maillage.needs.models import LONGEST, Need


def publish_need(
    *, need: Need, words: str, by: User | None, at: datetime, seen: Reading | str = "", topic: Term | None = None
) -> Need:
    """Let everybody read these words: those that were said, or what the agent keeps of them.

    seen: the reading as the page showed it, "" for any. Whoever said it hears, the first time only. Raises NeedRefused.
    """
    kept = words.strip().replace("\r\n", "\n")
    if not kept:
        raise NeedRefused(phrases.EMPTY, "words")
    if len(kept) > LONGEST:
        raise NeedRefused(phrases.TOO_LONG, "words")
    with _read(need, Reading.PUBLISHED, "publish_need", seen=seen, by=by, at=at) as held:
        held.public_words, held.stems, held.topic, held.reason = kept, roots_of(kept), topic, ""
    return held


def set_aside(*, need: Need, reason: str, by: User | None, at: datetime, seen: Reading | str = "") -> Need:
    """Publish it no more, or not at all, and say why to whoever said it. Raises NeedRefused (in a theme, no reason)."""
    if not reason.strip():
        raise NeedRefused(phrases.NEEDS_REASON, "reason")
    with _read(need, Reading.SET_ASIDE, "set_aside", seen=seen, by=by, at=at) as held:
        if held.theme_id is not None:
            raise NeedRefused(phrases.GROUPED)
        held.reason = reason.strip()[:300]
    return held


@contextmanager
def _read(
    need: Need, reading: Reading, verb: str, *, seen: Reading | str, by: User | None, at: datetime
) -> Iterator[Need]:
    """Hold it, let the caller say what is kept, then write it down and tell."""
    with transaction.atomic():
        held = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
        if seen and held.reading != seen:
            raise NeedRefused(phrases.READ_BEFORE)
        before = held.reading
        yield held
        held.reading, held.read_at, held.read_by = reading, at, by
        held.save()
        journal(verb=verb, target=held, changes={"reading": [before, str(reading)]}, by=by, at=at, note=held.reason)
        if before != reading:
            tell_need(need=held, kind="needs.read", key=f"needs.read:{held.pk}:{reading}", at=at)
