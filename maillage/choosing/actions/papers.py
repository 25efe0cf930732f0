"""Sheets of paper: typed by one person, typed again by another, counted when both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from maillage.accounts.models import User
from maillage.choosing import phrases, receipts
from maillage.choosing.actions.casting import checked, drop_secret, put_ballot
from maillage.choosing.actions.ground import ConsultationRefused, locked
from maillage.choosing.enums import Channel, Phase, VoiceKind
from maillage.choosing.models import Ballot, College, Consultation, Elector, PaperBallot
from maillage.kernel.actions import journal

PAPER_PHASES = (Phase.OPEN, Phase.COUNTING)


def type_paper(
    *, consultation: Consultation, sheet: str, college: College, elector: Elector | None, content: Mapping[str, Any],
    by: User, at: datetime,
) -> PaperBallot:  # fmt: skip
    """Keep what a person reads on a sheet; the second person's words decide: the same, it counts; else it waits.

    sheet: the number written on it; elector: the voice, in a college that has a list and when the vote is not secret.
    The same person types their own words anew. Raises ConsultationRefused; nothing is written then.
    """
    number = " ".join(sheet.split()).upper()
    with transaction.atomic():
        kept = locked(consultation)
        if kept.phase_at(at) not in PAPER_PHASES:
            raise ConsultationRefused(phrases.NO_PAPER_NOW)
        said = _said(kept, college, elector, checked(kept, content))
        paper = PaperBallot.objects.select_for_update(of=("self",)).filter(consultation=kept, sheet=number).first()
        if paper is not None and paper.counted_at is not None:
            raise ConsultationRefused(phrases.SHEET_COUNTED.format(sheet=number), "sheet")
        paper = _keep(paper or PaperBallot(consultation=kept, sheet=number), said, by, at)
        if paper.second == paper.first:
            _count(kept, paper, at)
        changes = {"sheet": [None, number], "counted": [None, paper.counted_at is not None]}
        journal(verb="type_paper", target=kept, changes=changes, by=by, at=at)
    return paper


def _said(
    consultation: Consultation, college: College, elector: Elector | None, clean: dict[str, Any]
) -> dict[str, Any]:
    if college.consultation_id != consultation.pk:
        raise ConsultationRefused(phrases.WRONG_COLLEGE, "college")
    if college.is_open or consultation.is_secret:
        return {"college": college.key, "elector": None, "content": clean}
    if elector is None or elector.college_id != college.pk:
        raise ConsultationRefused(phrases.ELECTOR_WANTED, "elector")
    return {"college": college.key, "elector": elector.pk, "content": clean}


def _keep(paper: PaperBallot, said: dict[str, Any], by: User, at: datetime) -> PaperBallot:
    """The first words, or the second person's; the same person corrects their own."""
    if paper.pk is None or paper.first_by_id == by.pk:
        paper.first, paper.first_by, paper.first_at = said, by, at
    else:
        paper.second, paper.second_by, paper.second_at = said, by, at
    paper.save()
    return paper


def _count(consultation: Consultation, paper: PaperBallot, at: datetime) -> None:
    said = paper.first
    college = College.objects.get(consultation=consultation, key=said["college"])
    code = receipts.draw_code()  # nobody has it: a sheet of paper is its own receipt
    if consultation.is_secret:
        if not college.is_open:
            _check_tick(consultation, college)
        drop_secret(consultation, college, said["content"], code=code, channel=Channel.PAPER)
    else:
        voice = _voice_of(consultation, college, paper)
        put_ballot(consultation, voice, said["content"], code=code, channel=Channel.PAPER, at=at)
    paper.counted_at = at
    paper.save(update_fields=["counted_at"])


def _voice_of(consultation: Consultation, college: College, paper: PaperBallot) -> Elector:
    """The voice of the list, or that of the sheet in an open college; refused when it has a ballot."""
    pk = paper.first["elector"]
    if pk is None:
        key, defaults = f"paper:{paper.sheet}", {"college": college, "kind": VoiceKind.PAPER, "label": str(paper)}
        return Elector.objects.get_or_create(consultation=consultation, key=key, defaults=defaults)[0]
    voice = Elector.objects.select_related("college").get(pk=pk)
    if Ballot.objects.filter(elector=voice).exists():
        raise ConsultationRefused(phrases.ELECTOR_VOTED.format(who=voice), "elector")
    return voice


def _check_tick(consultation: Consultation, college: College) -> None:
    dropped = Ballot.objects.filter(consultation=consultation, college=college, channel=Channel.PAPER).count()
    if dropped >= Elector.objects.filter(college=college, on_paper=True).count():
        raise ConsultationRefused(phrases.NO_TICK_LEFT, "college")


def tick_paper(*, elector: Elector, by: User, at: datetime) -> None:
    """Secret vote: this voice of a list took a sheet; it cannot vote on line any more. Raises ConsultationRefused."""
    with transaction.atomic():
        kept = locked(elector.consultation)
        if kept.phase_at(at) not in PAPER_PHASES:
            raise ConsultationRefused(phrases.NO_PAPER_NOW)
        if not kept.is_secret or elector.college.is_open:
            raise ConsultationRefused(phrases.NOTHING_TO_TICK)
        ticked = Elector.objects.filter(pk=elector.pk, has_voted=False).update(has_voted=True, on_paper=True)
        if not ticked:
            raise ConsultationRefused(phrases.ALREADY_TICKED)
        journal(verb="tick_paper", target=kept, changes={"voice": [None, elector.pk]}, by=by, at=at)
