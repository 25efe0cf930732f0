"""What waits in the reading of applications: files to examine, completions that are due, reviews that are late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import may_enter_back_office
from maillage.calls import terms
from maillage.calls.enums import EXAMINED, ApplicationState
from maillage.calls.models import Application, Completion, Recusal, Review, Reviewer
from maillage.calls.querysets import ApplicationQuerySet
from maillage.kernel.dated import months_before
from ui import french

SHOWN = 5


def late(rows: ApplicationQuerySet, on: date) -> ApplicationQuerySet:
    """Those that wait too long: their completion is overdue, or silence is about to be a refusal.

    Source: CRPA, art. L231-4 (3°); the delay is a dated value.
    """
    silent = months_before(on, terms.value("silence_months", on)) + timedelta(days=1)
    # A moment, not a date: an index holds moments.
    before = datetime.combine(silent, time.min, timezone.get_default_timezone())
    overdue = Completion.objects.filter(answered_at=None, due_on__lt=on).values("application")
    return rows.filter(Q(state__in=EXAMINED, submitted_at__lt=before) | Q(pk__in=overdue))


def to_read(rows: ApplicationQuerySet, user: User) -> ApplicationQuerySet:
    """Those that this member of a jury has still to judge."""
    sent = Review.objects.filter(reviewer__user=user, sent_at__isnull=False).values("application")
    named = Reviewer.objects.filter(user=user, pledged_at__isnull=False).values("call")
    return rows.filter(state=ApplicationState.REVIEW, call__in=named).exclude(pk__in=sent)


def reviewers_to_remind(on: date, before: timedelta, *, told_to: User | None = None) -> QuerySet[Reviewer]:
    """Members of juries whose committee is near, and who have an application to judge that they do not stay away
    from. told_to: who is told how many; what this person stays away from is not counted."""
    sent = Review.objects.filter(application=OuterRef("pk"), reviewer=OuterRef(OuterRef("pk")), sent_at__isnull=False)
    away = Recusal.objects.filter(application=OuterRef("pk"), user=OuterRef(OuterRef("user")))
    waiting = Application.objects.filter(
        ~Exists(sent), ~Exists(away), call=OuterRef("call"), state=ApplicationState.REVIEW
    )
    if told_to is not None:
        waiting = waiting.exclude(pk__in=Recusal.objects.filter(user=told_to).values("application"))
    near = Reviewer.objects.filter(call__committee_on__gte=on, call__committee_on__lte=on + before)
    return near.filter(Exists(waiting), user__is_active=True).select_related("user", "call").order_by("pk")


def office_panel(user: User) -> dict[str, Any] | None:
    """On the home of the back office: to examine, completions, late, to read; None when nothing waits."""
    at = timezone.now()
    today = timezone.localdate(at)
    if not may_enter_back_office(user, on=today):
        return None
    rows: ApplicationQuerySet = Application.objects.visible_to(user, on=today)
    fresh = rows.filter(state=ApplicationState.SUBMITTED)
    told = (
        ("liste=a-examiner", fresh.count(), "demande à examiner,demandes à examiner"),
        ("liste=tous&retard=1", late(rows, today).count(), "demande en retard,demandes en retard"),
        ("liste=a-completer", rows.filter(state=ApplicationState.INCOMPLETE).count(),
         "complément attendu,compléments attendus"),
        ("liste=tous&lire=1", to_read(rows, user).count(), "dossier à noter,dossiers à noter"),
        ("liste=en-instruction", _late_jurors(user, today), "membre de jury en retard,membres de jurys en retard"),
    )  # fmt: skip
    lines = [(query, french.plural(count, *words.split(","))) for query, count, words in told if count]
    first = fresh.select_related("organisation", "call").order_by("submitted_at", "pk")[:SHOWN]
    return {"lines": lines, "first": list(first)} if lines else None


def _late_jurors(user: User, on: date) -> int:
    """How many have not judged everything, days before the committee."""
    return reviewers_to_remind(on, timedelta(days=terms.review("review_reminder_days", on)), told_to=user).count()
