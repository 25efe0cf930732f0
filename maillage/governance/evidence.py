"""Public meetings and their decisions as proofs of a measure: found by words; meetings, also all those of a body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone

from maillage.governance.enums import MeetingState
from maillage.governance.models import Body, Decision, Meeting
from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule

MOST = 10


def _public() -> QuerySet[Meeting]:
    return Meeting.objects.filter(state=MeetingState.VALIDATED, is_public=True)


def _describe(keys: Iterable[int]) -> dict[int, Described]:
    found = _public().filter(pk__in=list(keys)).select_related("body")
    return {
        one.pk: Described(
            f"{one.title} ({one.body})", one.get_absolute_url(),
            timezone.localdate(one.starts_at) if one.starts_at else None,
        )
        for one in found
    }  # fmt: skip


def _find(words: str) -> list[tuple[int, str]]:
    return list(_public().filter(title__icontains=words).order_by("-starts_at").values_list("pk", "title")[:MOST])


def _rules() -> Iterator[EvidenceRule]:
    """One for each body."""
    for body in Body.objects.order_by("name"):
        yield EvidenceRule(f"governance.body:{body.slug}", f"Les réunions de « {body} »", partial(_of, body.pk))


def _of(body: int) -> Iterable[int]:
    return _public().filter(body=body).values_list("pk", flat=True)


def _decided() -> QuerySet[Decision]:
    return Decision.objects.filter(meeting__in=_public())


def _describe_decisions(keys: Iterable[int]) -> dict[int, Described]:
    found = _decided().filter(pk__in=list(keys)).select_related("body", "meeting__body")
    return {
        one.pk: Described(
            f"{one} ({one.body})", one.meeting.get_absolute_url(),
            timezone.localdate(one.meeting.starts_at) if one.meeting.starts_at else None,
        )
        for one in found
    }  # fmt: skip


def _find_decisions(words: str) -> list[tuple[int, str]]:
    found = _decided().filter(text__icontains=words).select_related("body").order_by("-pk")[:MOST]
    return [(one.pk, f"{one} ({one.body})") for one in found]


EVIDENCE = (
    EvidenceKind("governance.meeting", "réunion,réunions", _describe, _find, _rules),
    EvidenceKind("governance.decision", "décision,décisions", _describe_decisions, _find_decisions),
)
