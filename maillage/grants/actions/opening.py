"""An award opens its project at the desk, by the desk's verb, when the organisation has none there."""

from __future__ import annotations

from datetime import datetime

from maillage.accounts.models import User
from maillage.calls.models import Application
from maillage.desk import actions as desk
from maillage.desk.enums import Stage
from maillage.desk.models import LONGEST, Project
from maillage.space.enums import Part
from maillage.space.models import Membership


def open_project(application: Application, *, by: User, at: datetime) -> Project | None:
    """The open project of the organisation, or a new one; None when nobody of it can hold one.

    Asked in the name of who wrote the application, else of who manages the organisation.
    """
    known = Project.objects.open().filter(organisation=application.organisation_id).order_by("-opened_at", "-pk")
    if (found := known.first()) is not None:
        return found
    holder = _holder(application)
    if holder is None:
        return None
    asked = desk.Asked(
        idea=f"{application.title}. {application.summary}".strip()[:LONGEST],
        name=holder.get_full_name() or str(holder),
        stage=Stage.DEVELOPMENT, commune=application.commune, organisation=application.organisation,
    )  # fmt: skip
    try:
        return desk.send_request(asked=asked, at=at, user=holder, is_example=application.is_example, is_awaited=False)
    except desk.DeskRefused:
        return None


def _holder(application: Application) -> User | None:
    if application.author is not None and application.author.is_active:
        return application.author
    managers = Membership.objects.filter(organisation=application.organisation_id, part=Part.MANAGER)
    found = managers.filter(user__is_active=True).select_related("user").order_by("pk").first()
    return found.user if found else None
