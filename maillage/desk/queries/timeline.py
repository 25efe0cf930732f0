"""What happened in a file, in one line of time; and where the project stands on the eight subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import cos, pi, sin

from maillage.desk import phrases
from maillage.desk.enums import LEVELS, Subject
from maillage.desk.models import Diagnosis, Project
from ui import french

MOST = 100


@dataclass(frozen=True)
class Moment:
    """One line. kind: its icon and word; is_internal: only the team may read it."""

    at: datetime
    kind: str
    title: str
    words: str = ""
    by: str = ""
    is_internal: bool = False


def timeline(project: Project) -> list[Moment]:
    """The latest MOST moments of a file, for the team; six queries, whatever it holds."""
    found = [
        *(Moment(one.at, "Étape", one.get_stage_display(), one.why, str(one.by or ""))
          for one in project.passages.select_related("by").order_by("-at")[:MOST]),
        *(Moment(one.at, "Note interne", "", one.words, str(one.by or ""), is_internal=True)
          for one in project.notes.select_related("by").order_by("-at")[:MOST]),
        *(Moment(one.at, "Entretien", f"{one.get_channel_display()}, le {french.day(one.day)}", one.words,
                 str(one.by or ""), is_internal=one.audience == "team")
          for one in project.interviews.select_related("by").order_by("-at")[:MOST]),
        *(Moment(one.at, "Plan", one.title, "", str(one.by or ""))
          for one in project.recommendations.select_related("by").order_by("-at")[:MOST]),
        *(Moment(one.proposed_at, "Partenaire", one.partner.name, one.why, str(one.proposed_by or ""))
          for one in project.referrals.select_related("partner", "proposed_by").order_by("-proposed_at")[:MOST]),
        *(Moment(one.at, "Diagnostic", "Le point sur les huit sujets", "", str(one.by or ""))
          for one in project.diagnoses.select_related("by").order_by("-at")[:MOST]),
    ]  # fmt: skip
    return list(islice(sorted(found, key=lambda one: one.at, reverse=True), MOST))


@dataclass(frozen=True)
class Mark:
    """One subject. level: 0 to 3, None when nobody spoke of it yet; before: of the diagnosis before."""

    label: str
    level: int | None
    words: str
    level_label: str
    before: int | None


@dataclass(frozen=True)
class Radar:
    """The latest diagnosis. points: of the polygon, in a square of 200; rings: of 1, 2, 3; spokes: (x, y, label).

    A subject that nobody spoke of has no point; `silent` says how many they are.
    """

    at: datetime
    marks: tuple[Mark, ...]
    points: str
    before_points: str
    rings: tuple[str, ...]
    spokes: tuple[tuple[float, float, str], ...]
    silent: int


def diagnosis_rows(project: Project) -> Radar | None:
    """The latest diagnosis and the one before it; None without any. One query."""
    latest = list(project.diagnoses.order_by("-at", "-pk")[:2])
    if not latest:
        return None
    now, before = latest[0], latest[1] if len(latest) > 1 else None
    labels: dict[int | None, str] = {None: phrases.NOT_MARKED, **dict(LEVELS)}
    marks = tuple(
        Mark(str(one.label), _level(now, one), str(now.marks[one][1]), labels[_level(now, one)],
             None if before is None else _level(before, one))
        for one in Subject
    )  # fmt: skip
    levels = [mark.level for mark in marks]
    return Radar(
        now.at, marks, _polygon(levels), "" if before is None else _polygon([mark.before for mark in marks]),
        tuple(_polygon([ring] * len(Subject)) for ring in (1, 2, 3)),
        tuple((*_point(place, 3), str(place + 1)) for place in range(len(Subject))),
        levels.count(None),
    )  # fmt: skip


def _level(diagnosis: Diagnosis, subject: Subject) -> int | None:
    level = diagnosis.marks[subject][0]
    return None if level is None else int(level)


def _polygon(levels: Sequence[int | None]) -> str:
    return " ".join(
        "{:g},{:g}".format(*_point(place, level)) for place, level in enumerate(levels) if level is not None
    )


def _point(place: int, level: int) -> tuple[float, float]:
    """Where this level of this subject lies: the first at the top, then clockwise; a nought is not quite a point."""
    reach, angle = 8 + 24 * level, 2 * pi * place / len(Subject)
    return round(100 + reach * sin(angle), 1), round(100 - reach * cos(angle), 1)
