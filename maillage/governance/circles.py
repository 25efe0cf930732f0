"""The circle of a body: its members of today talk and keep files together; agents and who animates it hold the door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import YES, Decision
from maillage.governance import rules
from maillage.governance.enums import Function
from maillage.governance.models import Body, Member
from maillage.kernel.registry import Circle, CircleKind

PREFIX = "instance"


def key_of(body: Body) -> str:
    return f"{PREFIX}-{body.pk}"


def find_circle(rest: str) -> Circle | None:
    """The circle of the body of this number."""
    known = rest.isascii() and rest.isdigit() and len(rest) <= 18
    body = Body.objects.filter(pk=int(rest)).first() if known else None
    return None if body is None else circle_of_body(body)


def circle_of_body(body: Body) -> Circle:
    """The same, of a body at hand."""

    def takes_part(person: Any) -> Decision:
        today = timezone.localdate()
        as_member = rules.may_take_part(person, body, on=today)
        # Who is neither reads why members only come in, not that the back office is for agents.
        return YES if rules.may_keep_bodies(person, on=today) else as_member

    def may_moderate(person: Any) -> Decision:
        today = timezone.localdate()
        member = rules.member_of(person, body, on=today)
        if member is not None and member.function in (Function.CHAIR, Function.SECRETARY):
            return YES
        return rules.may_keep_bodies(person, on=today)

    def readers() -> Iterable[User]:
        today = timezone.localdate()
        seats = Member.objects.filter(rules.running(today), body=body)
        return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("pk")

    return Circle(
        key=key_of(body), title=body.name, address=body.get_absolute_url(), may_read=takes_part, may_write=takes_part,
        may_moderate=may_moderate, readers=readers, is_example=body.is_example,
    )  # fmt: skip


BODIES = CircleKind(PREFIX, find_circle)
