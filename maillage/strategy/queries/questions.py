"""What inhabitants asked: answered ones for everybody, waiting ones for the team."""

from __future__ import annotations

from django.db.models import QuerySet

from maillage.strategy.enums import Asking
from maillage.strategy.models import Measure, Question, Strategy


def answered(measure: Measure) -> QuerySet[Question]:
    """The latest first."""
    return Question.objects.filter(measure=measure, state=Asking.ANSWERED).order_by("-answered_at", "-pk")


def for_the_team(strategy: Strategy, state: str) -> QuerySet[Question]:
    """Those of a state, the one that waits longest first; never what its writer has not confirmed."""
    found = Question.objects.filter(measure__strategy=strategy).exclude(state=Asking.WRITTEN)
    return found.filter(state=state).select_related("measure", "answered_by").order_by("asked_at", "pk")


def waiting_count(strategy: Strategy) -> int:
    return Question.objects.filter(measure__strategy=strategy, state=Asking.OPEN).count()
