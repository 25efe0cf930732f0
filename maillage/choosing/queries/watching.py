"""What agents watch: who voted, which sheets wait, which consultations ask for something. Never what a ballot says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.choosing.enums import Phase, State
from maillage.choosing.models import College, Consultation, PaperBallot
from maillage.choosing.voices import voices_of


def turnout(consultation: Consultation) -> QuerySet[College]:
    """Colleges with `voices` and `ballots_in`; how many, for agents who remind people."""
    return consultation.colleges.annotate(
        voices=Count("electors", distinct=True), ballots_in=Count("ballots", distinct=True)
    ).order_by("pk")


def waiting_papers(consultation: Consultation) -> QuerySet[PaperBallot]:
    """Sheets that are not counted yet: typed once, or twice otherwise."""
    rows = consultation.papers.filter(counted_at=None).select_related("first_by", "second_by")
    return rows.order_by("sheet")


def waiting_consultations(at: datetime) -> list[tuple[Consultation, Phase]]:
    """Those that agents must count or decide, or whose paper waits; the oldest first."""
    over = Q(state=State.CLOSED) | Q(state=State.OPEN, closes_at__lte=at)
    sheets = Q(papers__isnull=False, papers__counted_at=None)
    found = Consultation.objects.filter(over | (Q(state=State.OPEN) & sheets)).distinct()
    return [(one, one.phase_at(at)) for one in found.order_by("closes_at", "pk")]


def own_panel(user: User) -> dict[str, Any] | None:
    """What one's own page says: votes that are open and where one has a voice; None without any."""

    at = timezone.now()
    running = Consultation.objects.filter(state=State.OPEN, opens_at__lte=at, closes_at__gt=at).order_by("closes_at")
    mine = [(one, list(voices_of(one, user))) for one in running]
    rows = [(one, sum(not voice.has_voted for voice in voices)) for one, voices in mine if voices]
    return {"rows": rows} if rows else None
