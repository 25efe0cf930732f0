"""The circle of a project: its holders with an account and the team; a closed file is read, not written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import Decision
from maillage.desk import phrases, rules
from maillage.desk.enums import ContactPart, Standing
from maillage.desk.models import Project
from maillage.desk.models.project import PREFIX
from maillage.kernel.registry import Circle, CircleKind


def find_circle(rest: str) -> Circle | None:
    """The circle of the project of this number."""
    known = rest.isascii() and rest.isdigit() and len(rest) <= 18
    project = Project.objects.filter(pk=int(rest)).first() if known else None
    return None if project is None else circle_of_project(project)


def circle_of_project(project: Project) -> Circle:
    """The same, of a project at hand."""

    def may_read(person: Any) -> Decision:
        return rules.may_hold(person, project) or rules.may_follow(person, on=timezone.localdate())

    def may_write(person: Any) -> Decision:
        reads = may_read(person)
        return Decision(False, phrases.CLOSED) if reads and project.standing == Standing.CLOSED else reads

    def readers() -> Iterable[User]:
        # The adviser is told as one who waits for an answer; the other agents read the file when they open it.
        holders = project.contacts.filter(part=ContactPart.HOLDER).values("user")
        found = User.objects.filter(pk__in=holders, is_active=True)
        if project.adviser_id is not None:
            found = found | User.objects.filter(pk=project.adviser_id, is_active=True)
        return found.order_by("pk")

    return Circle(
        key=project.circle, title=project.title, address=project.get_absolute_url(), may_read=may_read,
        may_write=may_write, may_moderate=lambda person: rules.may_follow(person, on=timezone.localdate()),
        readers=readers, is_example=project.is_example, is_prompt=True,
    )  # fmt: skip


PROJECTS = CircleKind(PREFIX, find_circle)
