"""Projects of several: organisations with their part and share, half-days of the team; and the list of partners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.desk import phrases
from maillage.desk.actions.held import held_open, moved
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.enums import PartnerPart, Stage
from maillage.desk.models import Effort, Involvement, Partner, Project
from maillage.directory.models import Organisation, Term
from maillage.kernel.actions import journal
from maillage.territories.models import Epci


def involve(
    *, project: Project, part: PartnerPart, by: User, at: datetime, organisation: Organisation | None = None,
    name: str = "", share: Decimal | None = None,
) -> Involvement:  # fmt: skip
    """A sheet of the directory, or a name, takes this part. Raises DeskRefused: nobody, twice, a second lead."""
    if organisation is None and not name.strip():
        raise DeskRefused(phrases.NO_ORGANISATION, "organisation")
    try:
        with transaction.atomic():
            row = held_open(project)
            made = Involvement.objects.create(
                project=row,
                organisation=organisation,
                name="" if organisation else name.strip(),
                part=part,
                share=share,
            )
            moved(row, at)
            changes = {"organisation": [None, organisation and organisation.pk], "part": [None, str(part)]}
            journal(verb="involve", target=row, changes=changes, by=by, at=at)
    except IntegrityError as error:
        raise DeskRefused(phrases.INVOLVED_ALREADY, "organisation") from error
    return made


def uninvolve(*, involvement: Involvement, by: User, at: datetime) -> None:
    with transaction.atomic():
        row = held_open(involvement.project)
        changes = {"organisation": [involvement.organisation_id, None], "part": [involvement.part, None]}
        journal(verb="uninvolve", target=row, changes=changes, by=by, at=at)
        Involvement.objects.filter(pk=involvement.pk).delete()


def log_effort(
    *, project: Project, day: date, half_days: int, by: User, at: datetime, words: str = ""
) -> Effort:  # fmt: skip
    """Half-days given to this project, closed or not. Raises DeskRefused: a day to come, none or too many."""
    if day > timezone.localdate(at):
        raise DeskRefused(phrases.IN_THE_FUTURE, "day")
    if not 1 <= half_days <= 20:
        raise DeskRefused(phrases.HALF_DAYS, "half_days")
    with transaction.atomic():
        made = Effort.objects.create(project=project, day=day, half_days=half_days, words=words.strip(), by=by)
        journal(verb="log_effort", target=project, changes={"half_days": [None, half_days]}, by=by, at=at)
    return made


def remove_effort(*, effort: Effort, by: User, at: datetime) -> None:
    """Take back what was logged by mistake."""
    with transaction.atomic():
        changes = {"half_days": [effort.half_days, None]}
        journal(verb="remove_effort", target=effort.project, changes=changes, by=by, at=at)
        Effort.objects.filter(pk=effort.pk).delete()


@dataclass(frozen=True)
class PartnerFacts:
    """What the list of partners says of one; nothing in topics, places or stages means all."""

    name: str
    brings: str
    organisation: Organisation | None = None
    email: str = ""
    phone: str = ""
    website: str = ""
    topics: Iterable[Term] = ()
    places: Iterable[Epci] = ()
    stages: Iterable[Stage] = ()
    is_active: bool = True
    checked_on: date | None = None


def save_partner(
    *, facts: PartnerFacts, by: User | None, at: datetime, partner: Partner | None = None, is_example: bool = False
) -> Partner:  # fmt: skip
    """Add a partner, or change one. Raises DeskRefused for a name that is taken."""
    if not facts.name.strip():
        raise DeskRefused(phrases.NO_NAME, "name")
    told = {
        "name": facts.name.strip(), "brings": facts.brings.strip(), "organisation": facts.organisation,
        "email": facts.email.strip().lower(), "phone": facts.phone.strip(), "website": facts.website.strip(),
        "stages": [str(one) for one in facts.stages], "is_active": facts.is_active, "checked_on": facts.checked_on,
        "changed_at": at,
    }  # fmt: skip
    try:
        with transaction.atomic():
            row = partner or Partner(is_example=is_example)
            for name, value in told.items():
                setattr(row, name, value)
            row.save()
            row.topics.set(facts.topics)
            row.places.set(facts.places)
            journal(verb="save_partner", target=row, changes={"is_active": [None, row.is_active]}, by=by, at=at)
    except IntegrityError as error:
        raise DeskRefused(phrases.NAME_TAKEN, "name") from error
    return row
