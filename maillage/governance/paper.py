"""The papers of a meeting: minutes (PDF and ODT), the sheet that people sign, a certificate of attendance.

Neighbours: `ui/print` lays them out; `queries.meetings` gives what they hold.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from maillage.governance.enums import MeetingState, Presence
from maillage.governance.models import AgendaItem, Attendance, Meeting, Member
from maillage.governance.notices.meetings import when
from maillage.governance.queries import meetings as reads
from maillage.governance.rules import day_of
from maillage.territories.queries import home_name
from ui import french
from ui.print.blocks import Block, Bullets, Heading, Line, Paragraph, Table
from ui.print.compile import typeset_once
from ui.print.odt import odt

BLANK_LINES = 8


def minutes_pdf(meeting: Meeting, at: datetime) -> bytes:
    """The tagged PDF of the minutes as they stand."""
    items = reads.agenda_of(meeting)
    data = {
        "title": meeting.title,
        "eyebrow": meeting.body.name,
        "state": _state(meeting),
        "facts": [{"label": label, "value": value} for label, value in _facts(meeting, at)],
        "points": [
            {
                "title": f"{rank}. {item.title}",
                "speaker": item.speaker,
                "minutes": [line for line in item.minutes.splitlines() if line.strip()],
                "lines": [{"label": label, "text": text} for label, text in _lines(item)],
            }
            for rank, item in enumerate(items, start=1)
        ],
        "decisions": [f"{one.number}. {one.text}" for item in items for one in item.decisions.all()],
        "actions": [
            {"text": one.text, "who": str(one.owner), "when": french.day(one.due_date)}
            for item in items
            for one in item.actions.all()
        ],
        "territory": home_name(),
        "source": f"{meeting.body.name}. Compte rendu du {french.day(day_of(meeting, at))}.",
    }
    return typeset_once("minutes", data, {}, on=timezone.localdate(meeting.changed_at))


def minutes_odt(meeting: Meeting, at: datetime) -> bytes:
    """The same, to be gone on with in a word processor."""
    items = reads.agenda_of(meeting)
    blocks: list[Block] = [Paragraph(meeting.body.name), Paragraph(_state(meeting))]
    blocks += [Paragraph(value, label=f"{label}\u00a0:") for label, value in _facts(meeting, at)]
    for rank, item in enumerate(items, start=1):
        blocks.append(Heading(1, f"{rank}. {item.title}"))
        if item.speaker:
            blocks.append(Paragraph(item.speaker))
        blocks += [Paragraph(line) for line in item.minutes.splitlines() if line.strip()]
        blocks += [Paragraph(text, label=label) for label, text in _lines(item)]
    decisions = [f"{one.number}. {one.text}" for item in items for one in item.decisions.all()]
    if decisions:
        blocks += [Heading(1, "Relevé des décisions"), Bullets([Line(one) for one in decisions])]
    rows = [
        (Line(one.text), Line(str(one.owner)), Line(french.day(one.due_date)))
        for item in items
        for one in item.actions.all()
    ]
    if rows:
        blocks += [Heading(1, "Qui fait quoi"), Table("Qui fait quoi", ("Action", "Qui", "Pour le"), rows)]
    on = timezone.localdate(meeting.changed_at)
    return odt(blocks, title=meeting.title, author=home_name(), on=on)


def sign_sheet_pdf(meeting: Meeting, at: datetime) -> bytes:
    """One line for each member of that day, and empty ones."""
    rows = [
        {
            "name": str(member),
            "organisation": member.organisation.name if member.organisation else "",
            "note": " · ".join(filter(None, [member.college.label if member.college else "", _excuse(said)])),
        }
        for member, said in reads.roll_of(meeting, at)
    ]
    data = {
        "title": meeting.title, "eyebrow": meeting.body.name, "when": when(meeting, at), "where": meeting.place,
        "rows": rows, "blank_count": BLANK_LINES, "territory": home_name(),
        "source": "Cette feuille sert à compter les présents. Elle est gardée avec le compte rendu.",
    }  # fmt: skip
    return typeset_once("sign_sheet", data, {}, on=timezone.localdate(at))


def certificate_pdf(meeting: Meeting, member: Member, at: datetime) -> bytes:
    """That this member was there; whoever calls has seen that they were."""
    assert meeting.starts_at is not None
    day = french.day(meeting.starts_at, weekday=True)
    data = {
        "title": "Attestation de présence",
        "sentence": f"{member} a participé à la réunion « {meeting.title} » de « {meeting.body} », le {day}.",
        "lines": [f"Pour\u00a0: {member.organisation.name}"] if member.organisation else [],
        "place": f"Fait le {french.day(timezone.localdate(at))}.",
        "signature": settings.CONTACT["person"] or settings.CONTACT["organisation"] or "L’équipe du territoire",
        "territory": home_name(),
    }
    return typeset_once("certificate", data, {}, on=timezone.localdate(at))


def _state(meeting: Meeting) -> str:
    if meeting.state == MeetingState.VALIDATED and meeting.validated_at is not None:
        return f"Compte rendu validé le {french.day(meeting.validated_at)}"
    return "Projet de compte rendu, pas encore validé"


def _facts(meeting: Meeting, at: datetime) -> list[tuple[str, str]]:
    quorum = reads.quorum_of(meeting, at)
    roll = [(member, said.presence) for member, said in reads.roll_of(meeting, at) if said is not None]
    present = [str(member) for member, presence in roll if presence == Presence.PRESENT]
    excused = [str(member) for member, presence in roll if presence == Presence.EXCUSED]
    needed = f", quorum de {quorum.needed} {'atteint' if quorum.is_reached else 'non atteint'}" if quorum.needed else ""
    counted = (
        f"{quorum.present} sur {quorum.members} membres, {french.plural(quorum.represented, 'représenté')}{needed}"
    )
    said = [
        ("Quand", when(meeting, at)), ("Où", meeting.place), ("Présents", ", ".join(present)),
        ("Excusés", ", ".join(excused)), ("Présence", counted),
    ]  # fmt: skip
    return [(label, value) for label, value in said if value]


def _lines(item: AgendaItem) -> list[tuple[str, str]]:
    decided = [(f"Décision {one.number}\u00a0:", one.text) for one in item.decisions.all()]
    entrusted = [
        ("Action\u00a0:", f"{one.text} ({one.owner}, pour le {french.day(one.due_date)})") for one in item.actions.all()
    ]
    return decided + entrusted


def _excuse(said: Attendance | None) -> str:
    if said is None or said.presence != Presence.EXCUSED:
        return ""
    return f"excusée, excusé ; pouvoir à {said.proxy_to}" if said.proxy_to else "excusée, excusé"
