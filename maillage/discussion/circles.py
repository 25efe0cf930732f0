"""The circle of a dialogue: its participants with an account, and the agents who conduct it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import Decision
from maillage.discussion import phrases, rules
from maillage.discussion.enums import DialogueState
from maillage.discussion.models import Dialogue
from maillage.discussion.models.dialogue import PREFIX
from maillage.kernel.registry import Circle, CircleKind


def find_dialogue_circle(rest: str) -> Circle | None:
    """The circle of the dialogue of this number."""
    known = rest.isascii() and rest.isdigit() and len(rest) <= 18
    dialogue = Dialogue.objects.filter(pk=int(rest)).first() if known else None
    return None if dialogue is None else circle_of_dialogue(dialogue)


def circle_of_dialogue(dialogue: Dialogue) -> Circle:
    """The same, of a dialogue at hand."""

    def may_write(person: Any) -> Decision:
        part = rules.takes_part(person, dialogue, on=timezone.localdate())
        if part and dialogue.state == DialogueState.CLOSED:
            return Decision(False, phrases.DIALOGUE_CLOSED)
        return part

    def readers() -> Iterable[User]:
        return User.objects.filter(pk__in=dialogue.participants.values("user"), is_active=True).order_by("pk")

    return Circle(
        key=dialogue.circle, title=dialogue.title, address=dialogue.get_absolute_url(),
        may_read=lambda person: rules.takes_part(person, dialogue, on=timezone.localdate()), may_write=may_write,
        may_moderate=lambda person: rules.may_conduct(person, on=timezone.localdate()), readers=readers,
        is_open=dialogue.state != DialogueState.DRAFT, is_example=dialogue.is_example,
    )  # fmt: skip


DIALOGUES = CircleKind(PREFIX, find_dialogue_circle)
