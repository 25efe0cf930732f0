"""An aid by hand: create, correct, take back the source's words, withdraw, put back.

Words: *edited* fields are those that a person corrected; an import leaves them alone. `seen`: the moment of the last
change as the page showed it; another one since then refuses the act. Neighbours: `importing` writes the rest.
All raise AidRefused, and nothing is written then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.aids import phrases
from maillage.aids.actions.checking import checked, theme_codes
from maillage.aids.actions.filling import draw_slug, fill, plain, unplain
from maillage.aids.actions.refusal import AidRefused
from maillage.aids.models import Aid
from maillage.aids.queries.documents import KIND
from maillage.kernel.actions import journal
from maillage.search.actions import note_change


def create_aid(*, values: Mapping[str, Any], by: User | None, at: datetime, is_example: bool = False) -> Aid:
    """Add an aid that somebody found; it was read today."""
    clean = checked({"name": "", **values}, themes=theme_codes())
    with transaction.atomic():
        taken = set(Aid.objects.values_list("slug", flat=True))
        aid = Aid(slug=draw_slug(clean["name"], taken), first_seen_at=at, changed_at=at, is_example=is_example)
        aid.read_date = timezone.localdate(at)
        fill(aid, clean)
        aid.save(force_insert=True)
        note_change(kind=KIND, ids=[aid.pk])
        journal(verb="create_aid", target=aid, changes={"name": [None, aid.name]}, by=by, at=at)
    return aid


def edit_aid(*, aid: Aid, values: Mapping[str, Any], by: User, at: datetime, seen: datetime | None = None) -> list[str]:
    """Correct some fields; those that changed. What equals the source's words again is marked no more."""
    clean = checked(values, themes=theme_codes())
    with transaction.atomic():
        held = _locked(aid, seen)
        changed = [field for field, value in clean.items() if getattr(held, field) != value]
        if not changed:
            return []
        changes = {field: [_short(getattr(held, field)), _short(clean[field])] for field in changed}
        # The whole as it will stand: one form may change the lowest amount only.
        checked({**{field: getattr(held, field) for field in _ORDERED}, **clean}, themes=theme_codes())
        fill(held, {field: clean[field] for field in changed})
        if held.source:
            held.edited = sorted(
                {*held.edited, *changed} - {one for one in changed if held.said.get(one) == plain(clean[one])}
            )
        held.changed_at = at
        _save(held)
        journal(verb="edit_aid", target=held, changes=changes, by=by, at=at)
    return changed


_ORDERED = ("rate_min_percent", "rate_max_percent", "amount_min", "amount_max", "start_date", "deadline_date")


def restore_field(*, aid: Aid, field: str, by: User, at: datetime) -> Aid:
    """Take back what the source says of this field; the next import follows it again."""
    with transaction.atomic():
        held = _locked(aid, None)
        if field not in held.edited or field not in held.said:
            raise AidRefused(phrases.NOTHING_SAID)
        value = unplain(field, held.said[field])
        changes = {field: [_short(getattr(held, field)), _short(value)]}
        fill(held, {field: value})
        held.edited = [one for one in held.edited if one != field]
        held.changed_at = at
        _save(held)
        journal(verb="restore_field", target=held, changes=changes, by=by, at=at)
    return held


def withdraw_aid(*, aid: Aid, reason: str, by: User, at: datetime) -> Aid:
    """Nobody sees it any more, whatever its source says; it can be put back."""
    why = reason.strip()
    if not why or len(why) > 300:
        raise AidRefused(phrases.NEEDS_REASON, "reason")
    with transaction.atomic():
        held = _locked(aid, None)
        if held.withdrawn_at is None:
            held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = at, by, why
            held.changed_at = at
            _save(held)
            changes = {"withdrawn_at": [None, at.isoformat()]}
            journal(verb="withdraw_aid", target=held, changes=changes, by=by, at=at, note=why)
    return held


def put_back_aid(*, aid: Aid, by: User, at: datetime) -> Aid:
    """Show it again."""
    with transaction.atomic():
        held = _locked(aid, None)
        if held.withdrawn_at is not None:
            changes = {"withdrawn_at": [held.withdrawn_at.isoformat(), None]}
            held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = None, None, ""
            held.changed_at = at
            _save(held)
            journal(verb="put_back_aid", target=held, changes=changes, by=by, at=at)
    return held


def _save(held: Aid) -> None:
    held.save()
    note_change(kind=KIND, ids=[held.pk])


def _locked(aid: Aid, seen: datetime | None) -> Aid:
    held = Aid.objects.select_for_update(of=("self",)).get(pk=aid.pk)
    if seen is not None and held.changed_at != seen:
        raise AidRefused(phrases.MOVED)
    return held


def _short(value: Any) -> Any:
    """A value as the journal keeps it: not the whole of a long text."""
    said = plain(value)
    return f"{said[:120]}…" if isinstance(said, str) and len(said) > 120 else said
