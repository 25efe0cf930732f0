"""Open and change bodies and their colleges.

Words: a *body* is the collective, a working group or the steering committee. Neighbours: `members` fills them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from maillage.accounts.models import User
from maillage.governance import phrases
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import Kind
from maillage.governance.models import Body, College
from maillage.kernel.actions import journal
from maillage.strategy.models import Measure

BODY_FACTS = (
    "kind", "slug", "name", "purpose", "charter", "charter_date", "joining", "quorum_percent", "measure",
)  # fmt: skip


def open_body(*, facts: Mapping[str, Any], by: User | None, at: datetime, is_example: bool = False) -> Body:
    """A new body, of BODY_FACTS; its address is made of its name when none is given. Raises GovernanceRefused."""
    kept = {name: facts[name] for name in BODY_FACTS if name in facts}
    kept["slug"] = kept.get("slug") or slugify(kept["name"])[:80]
    _check(kept)
    try:
        with transaction.atomic():
            body = Body.objects.create(**kept, is_example=is_example, opened_at=at, changed_at=at)
            journal(verb="open_body", target=body, changes={"kind": [None, body.kind]}, by=by, at=at)
    except IntegrityError as error:
        raise _taken(kept) from error
    return body


def revise_body(
    *, body: Body, facts: Mapping[str, Any], by: User | None, at: datetime, seen_at: datetime | None = None
) -> Body:
    """Change some of BODY_FACTS. seen_at: `changed_at` as it was seen; None skips it. Raises GovernanceRefused."""
    try:
        with transaction.atomic():
            kept = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
            if seen_at is not None and kept.changed_at != seen_at:
                raise GovernanceRefused(phrases.MOVED)
            changed = {name: facts[name] for name in BODY_FACTS if name in facts and getattr(kept, name) != facts[name]}
            if not changed:
                return kept
            told = {name: [_plain(getattr(kept, name)), _plain(value)] for name, value in changed.items()}
            for name, value in changed.items():
                setattr(kept, name, value)
            _check({name: getattr(kept, name) for name in BODY_FACTS})
            kept.changed_at = at
            kept.save(update_fields=[*changed, "changed_at"])
            journal(verb="revise_body", target=kept, changes=told, by=by, at=at)
    except IntegrityError as error:
        raise _taken(facts) from error
    return kept


def add_college(*, body: Body, label: str, by: User | None, at: datetime) -> College:
    """One more college, after the others. Raises GovernanceRefused when it is there already."""
    try:
        with transaction.atomic():
            Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
            college = College.objects.create(body=body, label=label.strip(), position=body.colleges.count() + 1)
            journal(verb="revise_body", target=body, changes={"college": [None, college.label]}, by=by, at=at)
    except IntegrityError as error:
        raise GovernanceRefused(phrases.COLLEGE_TAKEN, "label") from error
    return college


def remove_college(*, college: College, by: User | None, at: datetime) -> None:
    """Take an empty college away; twice does no harm. Raises GovernanceRefused while somebody sits there."""
    with transaction.atomic():
        Body.objects.select_for_update(of=("self",)).get(pk=college.body_id)
        if college.members.exists():
            raise GovernanceRefused(phrases.COLLEGE_HELD)
        if College.objects.filter(pk=college.pk).delete()[0]:
            changes = {"college": [college.label, None]}
            journal(verb="revise_body", target=college.body, changes=changes, by=by, at=at)


def _check(facts: Mapping[str, Any]) -> None:
    if bool(str(facts.get("charter") or "").strip()) != bool(facts.get("charter_date")):
        raise GovernanceRefused(phrases.CHARTER_UNDATED, "charter_date")


def _taken(facts: Mapping[str, Any]) -> GovernanceRefused:
    if facts.get("kind") == Kind.COLLECTIVE and Body.objects.filter(kind=Kind.COLLECTIVE).exists():
        return GovernanceRefused(phrases.ONE_COLLECTIVE, "kind")
    return GovernanceRefused(phrases.SLUG_TAKEN, "slug")


def _plain(value: Any) -> Any:
    if isinstance(value, Measure):
        return value.code
    return value.isoformat() if isinstance(value, date) else value
