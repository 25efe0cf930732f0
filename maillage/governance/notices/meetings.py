"""Letters about meetings: which date, the notice, what changed, it is cancelled, the minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from maillage.governance.enums import MeetingState
from maillage.governance.models import Meeting, Member
from maillage.governance.rules import day_of, running
from maillage.kernel.letters import Button, Content, LetterKind, Occasion, Pace
from ui import french


def meeting_of(told: Occasion) -> Meeting | None:
    """The meeting that the letter speaks of."""
    return Meeting.objects.select_related("body").filter(pk=told.object_id or 0).first()


def is_overtaken(told: Occasion, meeting: Meeting) -> bool:
    """Did the meeting change since this letter was posted? Another letter says what holds now."""
    return bool(told.facts.get("sequence", meeting.sequence) != meeting.sequence)


def reader_of(told: Occasion, meeting: Meeting) -> Member | None:
    """The member who reads this letter, while their mandate runs the day of the meeting."""
    found = Member.objects.filter(running(day_of(meeting, told.at)), body=meeting.body_id)
    mine = found.filter(email=told.address).first()
    if mine is None and told.user_id is not None:
        mine = found.filter(user_id=told.user_id).first()
    return mine


def when(meeting: Meeting, at: datetime) -> str:
    """« mardi 24 novembre de 18 h 30 à 20 h »."""
    assert meeting.starts_at is not None
    assert meeting.ends_at is not None
    start = timezone.localtime(meeting.starts_at)
    day = french.day(start, weekday=True, year=start.year != timezone.localdate(at).year)
    return f"{day} de {french.time(meeting.starts_at)} à {french.time(meeting.ends_at)}"


def facts_of(meeting: Meeting, at: datetime) -> tuple[tuple[str, str], ...]:
    """What a notice says: when, where, how from afar."""
    said = [("Quand", when(meeting, at)), ("Où", meeting.place), ("À distance", meeting.link)]
    return tuple((label, value) for label, value in said if value)


# The date poll.


def _poll_letter(body: str, title: str, dates: tuple[str, ...]) -> Content:
    return Content(
        title=f"« {body} »\u00a0: quelle date vous convient\u202f?",
        sentences=(
            f"Nous préparons la réunion «\u00a0{title}\u00a0» et cherchons la date où le plus de monde peut venir.",
            "Répondez en une minute, sans mot de passe\u00a0: oui, s’il le faut, ou non.",
        ),
        facts=tuple((f"Date {rank}", date) for rank, date in enumerate(dates, start=1)),
        buttons=(Button("Répondre", purpose="governance.poll"),),
    )


def _write_poll(told: Occasion) -> Content | None:
    meeting = meeting_of(told)
    if meeting is None or meeting.state != MeetingState.CHOOSING or reader_of(told, meeting) is None:
        return None
    today = timezone.localdate(told.at)
    dates = [french.moment(one.starts_at, today=today) for one in meeting.options.order_by("starts_at")]
    return _poll_letter(meeting.body.name, meeting.title, tuple(dates))


# The notice, the first time and after a change.


def _notice_letter(
    body: str, title: str, facts: tuple[tuple[str, str], ...], agenda: tuple[str, ...], is_changed: bool
) -> Content:  # fmt: skip
    first = (
        "La réunion a changé. Voici ce qui vaut maintenant\u00a0: oubliez l’invitation d’avant."
        if is_changed
        else f"« {body} » se réunit. Dites-nous d’un bouton si vous venez."
    )
    points = (f"À l’ordre du jour\u00a0: {' ; '.join(agenda)}.",) if agenda else ()
    return Content(
        title=f"{'Changement' if is_changed else 'Réunion'}\u00a0: {title}",
        sentences=(first, *points),
        facts=facts,
        buttons=(
            Button("Je viens", purpose="governance.come"),
            Button("Je m’excuse", purpose="governance.excuse"),
            Button("Mettre à mon agenda", purpose="governance.calendar"),
        ),
    )


def _write_notice(told: Occasion) -> Content | None:
    meeting = meeting_of(told)
    if meeting is None or meeting.state != MeetingState.ANNOUNCED or reader_of(told, meeting) is None:
        return None
    if is_overtaken(told, meeting):
        return None
    agenda = tuple(meeting.items.order_by("position").values_list("title", flat=True)[:10])
    return _notice_letter(
        meeting.body.name, meeting.title, facts_of(meeting, told.at), agenda, is_changed=meeting.sequence > 0
    )


# Meetings that come again.


def _series_letter(body: str, title: str, dates: tuple[str, ...]) -> Content:
    return Content(
        title=f"Les prochaines dates : {title}",
        sentences=(
            f"« {body} » se réunit {len(dates)} fois. Notez ces dates.",
            "Une invitation vous rappellera chacune, deux semaines avant.",
        ),
        facts=tuple((f"Date {rank}", date) for rank, date in enumerate(dates, start=1)),
        buttons=(Button("Mettre toutes les dates à mon agenda", purpose="governance.calendar"),),
    )


def _write_series(told: Occasion) -> Content | None:
    meeting = meeting_of(told)
    if meeting is None or not meeting.series or reader_of(told, meeting) is None:
        return None
    found = Meeting.objects.filter(series=meeting.series, state=MeetingState.ANNOUNCED).order_by("starts_at")
    dates = tuple(when(one, told.at) for one in found)
    return _series_letter(meeting.body.name, meeting.title, dates) if dates else None


# It will not be.


def _cancelled_letter(title: str, facts: tuple[tuple[str, str], ...], reason: str, has_date: bool) -> Content:
    buttons = (Button("La retirer de mon agenda", purpose="governance.calendar"),) if has_date else ()
    return Content(
        title=f"Annulée\u00a0: {title}",
        sentences=("Cette réunion n’aura pas lieu.", f"Pourquoi\u00a0: {reason}"),
        facts=facts,
        buttons=buttons,
    )


def _write_cancelled(told: Occasion) -> Content | None:
    meeting = meeting_of(told)
    if meeting is None or meeting.state != MeetingState.CANCELLED:
        return None
    facts = facts_of(meeting, told.at) if meeting.starts_at else ()
    return _cancelled_letter(meeting.title, facts, meeting.cancelled_reason, bool(facts))


# The minutes, to those who were there.


def _minutes_letter(title: str, day: str, decisions: int) -> Content:
    more = f" Il compte {french.plural(decisions, 'décision')}." if decisions else ""
    return Content(
        title=f"Le compte rendu de «\u00a0{title}\u00a0»",
        sentences=(f"Vous étiez là le {day}. Le compte rendu est validé.{more}",),
        buttons=(Button("Lire le compte rendu (PDF)", purpose="governance.papers"),),
    )


def _write_minutes(told: Occasion) -> Content | None:
    meeting = meeting_of(told)
    if meeting is None or meeting.state != MeetingState.VALIDATED or meeting.starts_at is None:
        return None
    return _minutes_letter(meeting.title, french.day(meeting.starts_at), meeting.decisions.count())


_WHEN = (("Quand", "mardi 12 janvier de 18\u00a0h à 20\u00a0h"), ("Où", "Salle des fêtes (exemple)"))
MEETING_LETTERS = (
    LetterKind("governance.poll", "Date d’une réunion à choisir", _write_poll,
               lambda: _poll_letter("Le collectif (exemple)", "Rencontre d’hiver", ("mardi 12 janvier à 18\u00a0h",)),
               pace=Pace.ALONE),
    LetterKind("governance.notice", "Convocation à une réunion", _write_notice,
               lambda: _notice_letter("Le collectif (exemple)", "Rencontre d’hiver", _WHEN, ("La charte",), False),
               pace=Pace.ALONE),
    LetterKind("governance.series", "Réunions qui se répètent", _write_series,
               lambda: _series_letter("Le collectif (exemple)", "Café", ("mardi 12 janvier à 18\u00a0h",) * 2),
               pace=Pace.ALONE),
    LetterKind("governance.cancelled", "Réunion annulée", _write_cancelled,
               lambda: _cancelled_letter("Rencontre d’hiver (exemple)", _WHEN, "La salle est fermée.", True),
               pace=Pace.ALONE, valid_for=timedelta(days=2)),
    LetterKind("governance.minutes", "Compte rendu validé", _write_minutes,
               lambda: _minutes_letter("Rencontre d’hiver (exemple)", "12 janvier 2027", 2), pace=Pace.ALONE),
)  # fmt: skip
