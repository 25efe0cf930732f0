"""Who is written to about a grant: those who are written to about its application, co-applicants' managers too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model

from maillage.accounts.models import User
from maillage.calls.models import Application
from maillage.calls.queries.own import people_of
from maillage.grants.models import Decision
from maillage.outbox import actions as outbox


def tell(
    kind: str, application: Application, *, about: Model, at: datetime, once: str = "", **facts: Any
) -> list[User]:
    """One letter to each of them. once: the same words for a letter that must not leave twice."""
    people = people_of(application)
    for one in people:
        key = f"{once}:{one.pk}" if once else ""
        outbox.post(kind=kind, to=one, about=about, facts=facts, at=at, once_key=key)
    return people


def tell_decision(decision: Decision, at: datetime) -> None:
    """The applicant learns what was decided."""
    tell("grants.decided", decision.application, about=decision, at=at)
