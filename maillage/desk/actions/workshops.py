"""From a workshop to a project: what a meeting agreed on becomes a file, with who was there and a first step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.desk import phrases
from maillage.desk.actions.advising import recommend
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.actions.requesting import Asked, send_request
from maillage.desk.actions.sharing import involve
from maillage.desk.enums import Channel, PartnerPart, Stage
from maillage.desk.models import LONGEST, Project
from maillage.directory.models import Organisation, Term
from maillage.governance.models import Meeting
from maillage.needs import actions as needs
from maillage.needs.models import Need, Theme
from maillage.territories.models import Commune


@dataclass(frozen=True)
class Output:
    """What comes out of a workshop. aim: what people want to do; need: what it answers; name, email, phone: who holds
    the project from now on; organisations: those that go on with it; first_step, due_date: what is done first.
    """

    aim: str
    name: str
    email: str = ""
    phone: str = ""
    need: str = ""
    stage: Stage = Stage.EMERGENCE
    commune: Commune | None = None
    organisations: tuple[Organisation, ...] = ()
    first_step: str = ""
    due_date: date | None = None


def open_from_workshop(
    *, meeting: Meeting, output: Output, by: User, at: datetime, has_consent: bool, is_example: bool = False
) -> Project:
    """Open the file of a project that a workshop agreed on; whoever said one of the needs hears that it was born.

    Raises DeskRefused: a meeting that has not begun or was cancelled, nobody who holds it, no agreement, and whatever
    `send_request` refuses; nothing is written then.
    """
    if meeting.starts_at is None or meeting.starts_at > at or meeting.state == "cancelled":
        raise DeskRefused(phrases.WORKSHOP_TO_COME)
    themes = themes_of(meeting)
    idea = "\n\n".join(part for part in (output.aim.strip(), output.need.strip()) if part)[:LONGEST]
    asked = Asked(
        idea=idea if output.aim.strip() else "", name=output.name, email=output.email, phone=output.phone,
        stage=output.stage, commune=output.commune, topics=_topics(themes), heard=f"Atelier\u00a0: {meeting}"[:120],
    )  # fmt: skip
    with transaction.atomic():
        project = send_request(
            asked=asked, at=at, channel=Channel.MET, noted_by=by, has_consent=has_consent, is_example=is_example
        )
        project.workshop = meeting
        project.measure = next((one.measure for one in themes if one.measure_id), None)
        project.save(update_fields=["workshop", "measure"])
        for one in output.organisations:
            involve(project=project, part=PartnerPart.PARTNER, organisation=one, by=by, at=at)
        if output.first_step.strip():
            recommend(project=project, title=output.first_step, due_date=output.due_date, by=by, at=at)
        _tell(themes, meeting, by, at)
    project.refresh_from_db()
    return project


def themes_of(meeting: Meeting) -> list[Theme]:
    """The themes on its agenda, in their order. One query."""
    items = meeting.items.filter(theme__isnull=False).select_related("theme__measure").order_by("position", "pk")
    return [item.theme for item in items if item.theme is not None]


def _topics(themes: Iterable[Theme]) -> tuple[Term, ...]:
    topics = Need.objects.filter(theme__in=list(themes), topic__isnull=False).values("topic")
    return tuple(Term.objects.filter(pk__in=topics).order_by("pk"))


def _tell(themes: Iterable[Theme], meeting: Meeting, by: User, at: datetime) -> None:
    for theme in themes:
        try:
            needs.announce_project(
                theme=theme, words=phrases.BORN_OF_WORKSHOP, address=meeting.get_absolute_url(), by=by, at=at
            )
        except needs.NeedRefused:  # the theme is over: the project lives on without it
            continue
