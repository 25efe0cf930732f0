"""Who reads, writes and moderates in a circle: the room that owns it decides, this one only asks, and says why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from maillage.accounts.models import User
from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office
from maillage.discussion import phrases
from maillage.discussion.enums import DialogueState
from maillage.discussion.models import Dialogue, FileVersion, Message, Participant, SharedFile, Thread
from maillage.kernel.registry import Circle


def _said(answer: Any, reason: str) -> Decision:
    """What a circle answered, with a reason when it gave none."""
    if answer:
        return YES
    return answer if isinstance(answer, Decision) and answer.reason else Decision(False, reason)


def may_read(person: Person, circle: Circle) -> Decision:
    """Members of the circle with an open account."""
    if not isinstance(person, User) or not person.is_active:
        return Decision(False, phrases.SIGN_IN_TO_READ)
    return _said(circle.may_read(person), phrases.NOT_A_MEMBER)


def may_write(person: Person, circle: Circle) -> Decision:
    """Those who read, and whom the circle lets write."""
    reads = may_read(person, circle)
    return _said(circle.may_write(person), phrases.READ_ONLY) if reads else reads


def may_moderate(person: Person, circle: Circle) -> Decision:
    """Those who animate the circle."""
    reads = may_read(person, circle)
    return _said(circle.may_moderate(person), phrases.NOT_MODERATOR) if reads else reads


def may_write_in(person: Person, circle: Circle, thread: Thread) -> Decision:
    """The same, while the thread is open."""
    writes = may_write(person, circle)
    if not writes:
        return writes
    return Decision(False, phrases.CLOSED) if thread.is_closed else YES


def may_edit(person: Person, circle: Circle, message: Message) -> Decision:
    """Its author, while the thread is open and the message shown."""
    writes = may_write_in(person, circle, message.thread)
    if not writes:
        return writes
    if message.author_id is None or message.author_id != person.pk:
        return Decision(False, phrases.NOT_YOURS)
    return Decision(False, phrases.HIDDEN) if message.hidden_at else YES


def may_renew(person: Person, circle: Circle, shared_file: SharedFile) -> Decision:
    """Whoever writes there; what everybody may take, only who animates: nobody else publishes for the circle."""
    return may_moderate(person, circle) if shared_file.is_public else may_write(person, circle)


def may_withdraw(person: Person, circle: Circle, first: FileVersion | None) -> Decision:
    """Who put the file there, or animates the circle. first: its first version."""
    writes = may_write(person, circle)
    if writes and first is not None and first.added_by_id == person.pk:
        return YES
    return YES if may_moderate(person, circle) else Decision(False, phrases.NOT_DEPOSITOR)


def may_conduct(person: Person, *, on: date) -> Decision:
    """Dialogues are prepared and closed by the agents of the territory."""
    return may_enter_back_office(person, on=on)


def takes_part(person: Person, dialogue: Dialogue, *, on: date) -> Decision:
    """Participants with an account once it is open, and agents always."""
    if may_conduct(person, on=on):
        return YES
    if dialogue.state == DialogueState.DRAFT or not isinstance(person, User):
        return Decision(False, phrases.NOT_A_MEMBER)
    found = Participant.objects.filter(dialogue=dialogue, user=person).exists()
    return YES if found else Decision(False, phrases.NOT_A_MEMBER)
