"""Who is written to about a grant: the people who manage the organisation, or who wrote the application."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.models import Application
from maillage.grants.models import Decision
from maillage.outbox import actions as outbox
from maillage.space.deciding import deciders


def people_of(application: Application, *, at: datetime) -> list[User]:
    """Its author and those who answer for its organisation; each once."""
    author = application.author
    found = [author] if author is not None and author.is_active else []
    for one in deciders(application.organisation, on=timezone.localdate(at)):
        if one not in found:
            found.append(one)
    return found


def tell(
    kind: str, application: Application, *, about: Model, at: datetime, once: str = "", **facts: Any
) -> list[User]:
    """One letter to each of them. once: the same words for a letter that must not leave twice."""
    people = people_of(application, at=at)
    for one in people:
        key = f"{once}:{one.pk}" if once else ""
        outbox.post(kind=kind, to=one, about=about, facts=facts, at=at, once_key=key)
    return people


def tell_decision(decision: Decision, at: datetime) -> None:
    """The applicant learns what was decided."""
    tell("grants.decided", decision.application, about=decision, at=at)
