"""The portfolio: projects that their holders show, with their stage, their place and who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict

from maillage.desk.enums import Standing
from maillage.desk.models import Involvement, Project
from maillage.directory.models import Organisation
from maillage.governance.models import Meeting
from maillage.strategy.queries.evidence import measures_by_proof


@dataclass(frozen=True)
class PortfolioAsked:
    """What the address of the portfolio asks. stage: value of Stage; epci: SIREN; topic: code of a term; project: a
    reference, for links to one of them; each or ""."""

    stage: str = ""
    epci: str = ""
    topic: str = ""
    project: str = ""

    @classmethod
    def read(cls, given: QueryDict) -> PortfolioAsked:
        lengths = {"etape": 11, "cc": 9, "sujet": 60, "projet": 8}
        return cls(*(given.get(name, "")[:most] for name, most in lengths.items()))

    @property
    def active(self) -> int:
        """How many filters."""
        return sum(bool(one) for one in (self.stage, self.epci, self.topic, self.project))

    @property
    def address(self) -> str:
        told = {"etape": self.stage, "cc": self.epci, "sujet": self.topic, "projet": self.project}
        return urlencode({name: value for name, value in told.items() if value})


def portfolio(asked: PortfolioAsked) -> QuerySet[Project]:
    """Shown projects, the last shown first, with organisations that everybody may read. Three queries for a page."""
    rows = Project.objects.shown()
    if asked.project:
        rows = rows.filter(reference=asked.project)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.epci:
        rows = rows.filter(commune__epci=asked.epci)
    if asked.topic:
        rows = rows.filter(topics__code=asked.topic).distinct()
    parts = Involvement.objects.select_related("organisation").order_by("part", "pk")
    return (
        rows.select_related("commune__epci", "organisation")
        .prefetch_related("topics", Prefetch("involvements", queryset=parts))
        .order_by("-shown_at", "-pk")
    )


def portfolio_rows(projects: Any) -> list[dict[str, Any]]:
    """What a page tells of each: the project, its members (Organisation, part in French), whether it is over, and the
    measures that it proves."""
    shown = list(projects)
    proved = measures_by_proof("desk.project", [one.pk for one in shown])
    return [
        {
            "project": one, "members": _members(one), "is_over": one.standing == Standing.CLOSED,
            "measures": proved.get(one.pk, []),
        }
        for one in shown
    ]  # fmt: skip


def _members(project: Project) -> list[tuple[Organisation, str]]:
    """Published sheets only: a name typed by hand may be a person's."""
    held = project.organisation
    first = [(held, "Porte le projet")] if held is not None and held.is_public else []
    others = [
        (one.organisation, one.get_part_display())
        for one in project.involvements.all()
        if one.organisation is not None and one.organisation.is_public and one.organisation != held
    ]
    return first + others


def born_of(meeting: Meeting) -> QuerySet[Project]:
    """The files that came of a workshop."""
    return Project.objects.filter(workshop=meeting).order_by("opened_at", "pk")


def meeting_aside(meeting: Meeting) -> dict[str, Any]:
    """What stands beside a meeting in the back office: its projects; nothing unless a theme is on its agenda."""
    is_workshop = meeting.items.filter(theme__isnull=False).exists()
    projects = list(born_of(meeting)) if is_workshop else []
    return {"meeting": meeting, "projects": projects, "is_workshop": is_workshop, "is_over": meeting.state in _OVER}


_OVER = ("held", "drafted", "validated")
