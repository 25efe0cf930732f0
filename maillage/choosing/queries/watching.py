"""What agents watch: who voted, which sheets wait, which consultations ask for something. Never what a ballot says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.choosing import phrases
from maillage.choosing.enums import Phase, State, VoiceKind
from maillage.choosing.models import College, Consultation, Elector, PaperBallot
from maillage.choosing.voices import roll, voices_of
from maillage.kernel.registry import electorates


def turnout(consultation: Consultation) -> QuerySet[College]:
    """Colleges with `voices` and `ballots_in`; how many, for agents who remind people."""
    return consultation.colleges.annotate(
        voices=Count("electors", distinct=True), ballots_in=Count("ballots", distinct=True)
    ).order_by("pk")


def named(consultation: Consultation, voices: Iterable[Elector]) -> list[tuple[Elector, str]]:
    """Voices of the lists (their `user` loaded) as agents tell them apart: an organisation by its name; a person by
    their name and the number of their voice in the frozen list, since two may have the same name, or none any more."""
    numbers = {pk: number for number, pk in enumerate(roll(consultation).values_list("pk", flat=True), 1)}
    rows = list(voices)
    nameless = {one.key for one in rows if one.kind == VoiceKind.ADDRESS}
    known: dict[str, str] = {}
    if nameless:
        for key, one in electorates().items():
            if key in consultation.electorates:
                known |= one.names(nameless)
    return [(one, _name(one, numbers[one.pk], known.get(one.key, ""))) for one in rows]


def _name(voice: Elector, number: int, known: str) -> str:
    if voice.kind == VoiceKind.ORGANISATION:
        return str(voice)
    who = str(voice.user) if voice.user is not None else known or voice.label
    return phrases.VOICE_OF_A_PERSON.format(who=who, number=number)


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
