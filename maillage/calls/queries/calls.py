"""Calls as everybody reads them, and as agents prepare them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.enums import CallKind, CallState
from maillage.calls.models import Application, Call, CallForm, CallQuestion, EnvelopeLine, Reopening, Scheme
from maillage.calls.phrases.calls import BEFORE
from maillage.calls.rules import may_keep_calls
from maillage.needs.enums import OFFERED
from maillage.needs.models import Theme

NOTHING = Decimal(0)
LISTS = {
    "ouverts": "Ouverts", "prepares": "En préparation", "clos": "Clos et instruits", "finis": "Décidés et archivés",
}  # fmt: skip


@dataclass(frozen=True)
class Lack:
    """What a call lacks before it may be published: label, and what to do; is_met: it is there."""

    key: str
    label: str
    advice: str
    is_met: bool


def latest_form(call: Call) -> CallForm:
    """The version that new applications answer."""
    return CallForm.objects.filter(call=call).order_by("-number")[0]


def preparation(call: Call, at: datetime) -> list[Lack]:
    """The whole list of what a call needs before it is published, in its order. Three queries."""
    weights = call.criteria.aggregate(total=Sum("weight"))["total"] or 0
    left = call.line.left if call.line else NOTHING
    met = {
        "line": call.line is not None,
        "budget": NOTHING < call.budget <= left,
        "dates": bool(call.opens_at)
        and (call.kind == CallKind.STANDING or bool(call.closes_at and call.closes_at > at)),
        "themes": bool(call.theme_reason) or call.themes.exists(),
        "criteria": weights == 100,
        "words": bool(call.goals and call.eligible_costs),
        "contact": bool(call.contact),
    }
    return [Lack(key, label, advice, met[key]) for key, (label, advice) in BEFORE.items()]


def lacking(call: Call, at: datetime) -> list[Lack]:
    return [one for one in preparation(call, at) if not one.is_met]


def offered_themes() -> QuerySet[Theme]:
    """Themes that a consultation or the team chose, and that no answer met yet."""
    return Theme.objects.filter(state__in=OFFERED).order_by("title", "pk")


def open_calls(at: datetime) -> QuerySet[Call]:
    """Those that may be answered now, those that close first first."""
    return Call.objects.open(at).order_by(F("closes_at").asc(nulls_last=True), "pk")


def open_about(topic: str, at: datetime) -> QuerySet[Call]:
    """Open calls on a topic (code of a term), those that close first first."""
    return open_calls(at).filter(topics__code=topic)


def public_calls(at: datetime, *, topic: str = "") -> dict[str, list[Call]]:
    """{"open", "to_come", "over"}: those that close first first; over: the last twenty. Three queries.

    topic: code of a term, "" for all.
    """
    rows = Call.objects.published().select_related("scheme__authority")
    if topic:
        rows = rows.filter(topics__code=topic)
    opened = rows.open(at)
    return {
        "open": sorted(opened, key=lambda one: (one.closes_at is None, one.closes_at or at, one.pk)),
        "to_come": list(rows.to_come(at).order_by("opens_at", "pk")),
        "over": list(
            rows.exclude(pk__in=opened.values("pk")).filter(opens_at__lte=at).order_by("-closes_at", "-pk")[:20]
        ),
    }


def public_call(slug: str) -> Call | None:
    """One that everybody may read."""
    found = Call.objects.published() | Call.objects.filter(published_at__isnull=False)
    return found.filter(slug=slug).select_related("scheme__authority", "scheme__measure", "line").first()


def call_facts(call: Call) -> dict[str, Any]:
    """What the page of a call shows besides its own fields. Seven queries."""
    return {
        "criteria": list(call.criteria.order_by("position")),
        "pieces": list(call.pieces.order_by("position")),
        "themes": list(call.themes.order_by("title")),
        "epcis": list(call.epcis.order_by("position")),
        "communes": list(call.communes.by_name()),
        "questions": list(call.questions.filter(answered_at__isnull=False, set_aside_at=None).order_by("answered_at")),
        "blocks": latest_form(call).blocks,
    }


def office_calls(which: str, at: datetime, *, by: User) -> QuerySet[Call]:
    """One of LISTS, with `received` (applications that were submitted, those this person stays away from left out) and
    `waiting` (questions without answer)."""
    away = Application.objects.filter(recusals__user=by).values("pk")
    sent = Q(applications__submitted_at__isnull=False) & ~Q(applications__in=away)
    rows = Call.objects.select_related("scheme__authority", "line").annotate(
        received=Count("applications", filter=sent, distinct=True),
        waiting=Count("questions", filter=Q(questions__answered_at=None, questions__set_aside_at=None), distinct=True),
    )
    over = Q(decided_at__isnull=False) | Q(archived_at__isnull=False)
    chosen = {
        "ouverts": Q(published_at__isnull=False) & (Q(closes_at=None) | Q(closes_at__gt=at)) & ~over,
        "prepares": Q(published_at=None) & ~over,
        "clos": Q(published_at__isnull=False, closes_at__lte=at) & ~over,
        "finis": over,
    }[which]
    return rows.filter(chosen).order_by("closes_at", "-pk")


def schemes() -> QuerySet[Scheme]:
    """Every scheme, by authority then title."""
    return Scheme.objects.select_related("authority", "measure").prefetch_related("lines").order_by(
        "authority__name", "title"
    )  # fmt: skip


def lines_of(scheme: Scheme) -> QuerySet[EnvelopeLine]:
    return scheme.lines.order_by("-year")


def questions_of(call: Call) -> QuerySet[CallQuestion]:
    """All of them for the team: those that wait first."""
    return call.questions.select_related("answered_by").order_by("answered_at", "asked_at", "pk")


def questions_panel(user: User) -> dict[str, Any] | None:
    """On the home of the back office: calls whose questions wait, the oldest first; None when none does. One query."""
    if not may_keep_calls(user, on=timezone.localdate()):
        return None
    waiting = Q(questions__isnull=False, questions__answered_at=None, questions__set_aside_at=None)
    calls = Call.objects.filter(waiting).annotate(waiting=Count("questions")).order_by("closes_at", "pk")[:5]
    return {"calls": list(calls)} if calls else None


def received(call: Call, *, by: User) -> int:
    """How many applications were submitted to it, those that this person stays away from left out."""
    sent = call.applications.filter(submitted_at__isnull=False)
    return sent.exclude(pk__in=Application.objects.filter(recusals__user=by).values("pk")).count()


def reopenings_of(call: Call, *, by: User) -> QuerySet[Reopening]:
    """The latest first; none of an application that this person stays away from."""
    rows = call.reopenings.exclude(application__in=Application.objects.filter(recusals__user=by).values("pk"))
    return rows.select_related("application", "by").order_by("-at")


def next_steps(call: Call, at: datetime) -> list[CallState]:
    """To which states an agent may move it now."""
    state = call.state_at(at)
    if state in {CallState.DRAFT, CallState.DECIDED}:
        return [CallState.ARCHIVED]
    if state == CallState.CLOSED or (state == CallState.OPEN and call.closes_at is None):
        return [CallState.REVIEW, CallState.DECIDED]
    return [CallState.DECIDED] if state == CallState.REVIEW else []


def published_addresses() -> Iterator[tuple[str, str]]:
    """(address, day of the last change) of each published call."""
    for call in Call.objects.published().order_by("pk").only("slug", "changed_at"):
        yield call.get_absolute_url(), f"{call.changed_at:%Y-%m-%d}"
