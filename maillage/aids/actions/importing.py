"""Bring in a whole source: what is new, what changed, what left it. What a person corrected here stays.

Words: *lost* aids were in the source the last time and are there no more. Neighbours: `imports` reads files and the
API; `writing` is for people.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.aids import phrases
from maillage.aids.actions.filling import draw_slug, fill, plain
from maillage.aids.actions.refusal import AidRefused
from maillage.aids.facts import Received
from maillage.aids.models import Aid, Reading
from maillage.aids.queries.documents import KIND
from maillage.kernel.actions import journal
from maillage.search.actions import note_change
from ui import french

# A source that shrank by more is a broken file more often than the truth.
MOST_LOST_PERCENT = 10
_AT_ONCE = 100
# Readings of one source that begin at once: each that comes after starts again from what the one before wrote.
_TRIES = 4


def receive_aids(
    *,
    source: str,
    received: Sequence[Received],
    on: date,
    at: datetime,
    by: User | None = None,
    force: bool = False,
    dry_run: bool = False,
) -> Reading:
    """Write the whole of a source as it was read that day; counts of what was done.

    Keys of `received` differ. Raises AidRefused when more than MOST_LOST_PERCENT of what is known left, unless forced.
    dry_run: the same counts, and nothing is written. Of two first readings at once, which hold no row to wait for, the
    second starts again, and finds what the first wrote.
    """
    for _ in range(_TRIES - 1):
        with suppress(IntegrityError):
            return _receive(source, received, on, at, by, force=force, dry_run=dry_run)
    return _receive(source, received, on, at, by, force=force, dry_run=dry_run)


def _receive(
    source: str, received: Sequence[Received], on: date, at: datetime, by: User | None, *, force: bool, dry_run: bool
) -> Reading:  # fmt: skip
    with transaction.atomic():
        rows = Aid.objects.select_for_update(of=("self",)).filter(source=source).order_by("pk")
        known = {aid.source_key: aid for aid in rows}
        told = {one.key for one in received}
        lost = [aid for key, aid in known.items() if aid.gone_date is None and key not in told]
        _not_too_much(lost, [aid for aid in known.values() if aid.gone_date is None], force=force)
        created = _created(source, [one for one in received if one.key not in known], on, at)
        changed = [known[one.key] for one in received if one.key in known and _follow(known[one.key], one, at)]
        reading = Reading(
            source=source, at=at, created=len(created), changed=len(changed), gone=len(lost),
            unchanged=len(received) - len(created) - len(changed),
        )  # fmt: skip
        if dry_run:
            return reading
        Aid.objects.bulk_create(created, _AT_ONCE)
        for start in range(0, len(changed), _AT_ONCE):
            Aid.objects.bulk_update(changed[start : start + _AT_ONCE], _WRITTEN)
        Aid.objects.filter(source=source, pk__in=[aid.pk for aid in lost]).update(gone_date=on, changed_at=at)
        Aid.objects.filter(source=source, gone_date__isnull=True).update(read_date=on)
        note_change(kind=KIND, ids=[aid.pk for aid in (*created, *changed, *lost)])
        reading.save(force_insert=True)
        counts = {name: [None, getattr(reading, name)] for name in ("created", "changed", "unchanged", "gone")}
        journal(verb="import_aids", target=reading, changes=counts, by=by, at=at)
    return reading


_WRITTEN = (
    *("name", "short_title", "financers", "instructors", "programmes", "description", "eligibility", "perimeter"),
    *("coverage", "audiences", "types", "steps", "destinations", "themes", "recurrence", "is_call", "start_date"),
    *("predeposit_date", "deadline_date", "rate_min_percent", "rate_max_percent", "amount_min", "amount_max"),
    *("loan_amount", "advance_amount", "origin_url", "application_url", "contact", "said", "keys", "words_key"),
    *("gone_date", "changed_at"),
)


def _not_too_much(lost: Sequence[Aid], live: Sequence[Aid], *, force: bool) -> None:
    if not force and len(lost) * 100 > len(live) * MOST_LOST_PERCENT:
        raise AidRefused(phrases.LOST_TOO_MUCH.format(lost=french.plural(len(lost), "aide"), known=len(live)))


def _created(source: str, new: Sequence[Received], on: date, at: datetime) -> list[Aid]:
    taken = set(Aid.objects.values_list("slug", flat=True)) if new else set()
    made = []
    for one in new:
        slug = draw_slug(one.values["name"], taken)
        taken.add(slug)
        aid = Aid(
            slug=slug, source=source, source_key=one.key, read_date=on, first_seen_at=at, changed_at=at,
            said={field: plain(value) for field, value in one.values.items()},
        )  # fmt: skip
        fill(aid, one.values)
        made.append(aid)
    return made


def _follow(aid: Aid, one: Received, at: datetime) -> bool:
    """Put in a known aid what its source says now, but where a person corrected it; did the source change anything?"""
    moved = {field: value for field, value in one.values.items() if aid.said.get(field, _NEVER) != plain(value)}
    if not moved and aid.gone_date is None:
        return False
    aid.said = {**aid.said, **{field: plain(value) for field, value in moved.items()}}
    fill(aid, {field: value for field, value in moved.items() if field not in aid.edited})
    aid.gone_date, aid.changed_at = None, at
    return True


_NEVER = object()
