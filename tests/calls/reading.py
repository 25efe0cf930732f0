"""Applications as far as a test of their reading wants them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from maillage.accounts.models import User
from maillage.calls import actions
from maillage.calls.actions import Mark
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, Call, Review, Reviewer
from maillage.calls.phrases.review import ITEMS
from tests.calls.world import AT, a_call, a_reviewer, agent, an_application

ALL_MET = dict.fromkeys(ITEMS, (True, ""))


def in_review(call: Call | None = None, **traits: Any) -> Application:
    return an_application(call, state=ApplicationState.REVIEW, **traits)


def user_of(reviewer: Reviewer) -> User:
    assert reviewer.user is not None
    return reviewer.user


def grid(call: Call, *points: int | None, comment: str = "Parce que.") -> dict[int, Mark]:
    """These points for the criteria of a call, in their order."""
    keys = call.criteria.order_by("position").values_list("pk", flat=True)
    return {key: Mark(given, comment) for key, given in zip(keys, points, strict=True)}


def handed_in(application: Application, *points: int, by: User | None = None, at: datetime = AT) -> Review:
    """A review of a new member of the jury, unless one is given."""
    user = by or user_of(a_reviewer(application.call))
    marks = grid(application.call, *(points or (3, 3)))
    return actions.hand_in_review(application=application, marks=marks, words="Bien.", by=user, at=at)


def recused(application: Application, user: User, *, by: User | None = None) -> None:
    actions.recuse(application=application, user=user, reason="Ma sœur y travaille", by=by or agent(), at=AT)


__all__ = ["ALL_MET", "AT", "a_call", "a_reviewer", "agent", "grid", "handed_in", "in_review", "recused", "user_of"]
