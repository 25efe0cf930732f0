"""Open a thread, say something, change it, hide it; write an idea's text by several.

Words: a *thread* belongs to a circle; an *idea* is a thread with a text that others amend. Rights are asked by the
doors (`rules`); what is closed, hidden or moved meanwhile is refused here, under the lock of the thread.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.discussion import phrases
from maillage.discussion.actions.refusal import DiscussionRefused
from maillage.discussion.actions.telling import MESSAGE, VERSION, tell_followers, tell_readers
from maillage.discussion.enums import ThreadKind, Way
from maillage.discussion.models import Edit, Following, Message, Thread, Version
from maillage.kernel.actions import journal
from maillage.kernel.registry import Circle
from maillage.outbox import actions as outbox
from maillage.strategy.models import Axis, Measure

LONGEST = 8_000
HIDDEN = "discussion.hidden"


def open_thread(
    *, circle: Circle, title: str, text: str, by: User, at: datetime, kind: ThreadKind = ThreadKind.TALK,
    axis: Axis | None = None, measure: Measure | None = None,
) -> Thread:  # fmt: skip
    """A new thread with its first message, or a new idea with its first text; its readers are told.

    A measure brings its axis. Raises DiscussionRefused for an empty or too long text.
    """
    text = _checked(text)
    with transaction.atomic():
        thread = Thread.objects.create(
            circle=circle.key, kind=kind, title=title.strip(), axis=measure.axis if measure else axis,
            measure=measure, opened_by=by, opened_at=at, last_at=at,
        )  # fmt: skip
        if kind == ThreadKind.IDEA:
            Version.objects.create(thread=thread, number=1, text=text, by=by, at=at)
        else:
            Message.objects.create(thread=thread, author=by, text=text, written_at=at)
        follow(thread=thread, user=by, is_on=True, at=at)
        journal(verb="open_thread", target=thread, changes={}, by=by, at=at)
        tell_readers(circle=circle, thread=thread, by=by, at=at)
    return thread


def say(*, thread: Thread, text: str, by: User, at: datetime, way: Way = Way.SITE) -> Message:
    """One more message; who says it follows the thread. Raises DiscussionRefused: closed, empty, too long."""
    text = _checked(text)
    with transaction.atomic():
        held = _held(thread)
        message = Message.objects.create(thread=held, author=by, text=text, way=way, written_at=at)
        _move(held, at)
        Following.objects.get_or_create(thread=held, user=by, defaults={"since": at})
        journal(verb="say", target=message, changes={}, by=by, at=at)
        tell_followers(thread=held, kind=MESSAGE, facts={"since": message.pk}, by=by, at=at)
    return message


def edit_message(*, message: Message, text: str, seen_at: datetime | None, by: User, at: datetime) -> Message:
    """Other words in the place of one's own; the old ones stay readable. The same words write nothing.

    seen_at: `edited_at` as the person saw it. Raises DiscussionRefused: hidden, closed, or moved meanwhile.
    """
    text = _checked(text)
    with transaction.atomic():
        held = _held_message(message)
        if held.thread.is_closed:
            raise DiscussionRefused(phrases.CLOSED)
        if held.hidden_at:
            raise DiscussionRefused(phrases.HIDDEN)
        if held.edited_at != seen_at:
            raise DiscussionRefused(phrases.MOVED)
        if held.text == text:
            return held
        Edit.objects.create(message=held, text=held.text, at=at)
        held.text, held.edited_at = text, at
        held.save(update_fields=["text", "edited_at"])
        journal(verb="edit_message", target=held, changes={}, by=by, at=at)
    return held


def hide_message(*, message: Message, reason: str, by: User, at: datetime) -> Message:
    """Take a message out of sight; its author reads why in a letter. Raises DiscussionRefused."""
    reason = reason.strip()
    if not reason:
        raise DiscussionRefused(phrases.NEEDS_REASON, "reason")
    with transaction.atomic():
        held = _held_message(message)
        if held.hidden_at:
            raise DiscussionRefused(phrases.HIDDEN_ALREADY)
        held.hidden_at, held.hidden_by, held.hidden_reason = at, by, reason
        held.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
        journal(verb="hide_message", target=held, changes={}, by=by, at=at, note=reason)
        if held.author is not None and held.author.is_active and held.author != by:
            outbox.post(kind=HIDDEN, to=held.author, about=held, facts={"reason": reason}, at=at)
    return held


def show_message(*, message: Message, by: User, at: datetime) -> Message:
    """Put a hidden message back. Raises DiscussionRefused when it is not hidden."""
    with transaction.atomic():
        held = _held_message(message)
        if held.hidden_at is None:
            raise DiscussionRefused(phrases.NOT_HIDDEN)
        held.hidden_at, held.hidden_by, held.hidden_reason = None, None, ""
        held.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
        journal(verb="show_message", target=held, changes={}, by=by, at=at)
    return held


def amend(*, thread: Thread, text: str, seen: int, by: User, at: datetime, why: str = "") -> Version:
    """A new version of an idea; the others stay readable, and its followers are told.

    seen: number of the version that the person started from. Raises DiscussionRefused: no idea, closed, amended
    meanwhile, the same text.
    """
    text = _checked(text)
    with transaction.atomic():
        held = _held(thread)
        if not held.is_idea:
            raise DiscussionRefused(phrases.NOT_AN_IDEA)
        last = held.versions.order_by("-number").first()
        if last is not None and last.number != seen:
            raise DiscussionRefused(phrases.IDEA_MOVED)
        if last is not None and last.text == text:
            raise DiscussionRefused(phrases.SAME_TEXT, "text")
        version = Version.objects.create(
            thread=held, number=last.number + 1 if last else 1, text=text, why=why.strip(), by=by, at=at
        )
        _move(held, at)
        Following.objects.get_or_create(thread=held, user=by, defaults={"since": at})
        journal(verb="amend_idea", target=held, changes={"version": [seen, version.number]}, by=by, at=at)
        tell_followers(thread=held, kind=VERSION, facts={"since": version.number}, by=by, at=at)
    return version


def set_closed(*, thread: Thread, is_closed: bool, by: User, at: datetime) -> bool:
    """Close a thread to new words, or open it again; did it change?"""
    with transaction.atomic():
        changed = Thread.objects.filter(pk=thread.pk, is_closed=not is_closed).update(is_closed=is_closed)
        if changed:
            verb = "close_thread" if is_closed else "reopen_thread"
            journal(verb=verb, target=thread, changes={"is_closed": [not is_closed, is_closed]}, by=by, at=at)
    return bool(changed)


def follow(*, thread: Thread, user: User, is_on: bool, at: datetime) -> Following:
    """Be told of what is said there, or no more. Twice is once."""
    following, _ = Following.objects.update_or_create(
        thread=thread, user=user, defaults={"is_on": is_on}, create_defaults={"is_on": is_on, "since": at}
    )
    return following


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise DiscussionRefused(phrases.EMPTY, "text")
    if len(text) > LONGEST:
        raise DiscussionRefused(phrases.TOO_LONG.format(most=LONGEST), "text")
    return text


def _held(thread: Thread) -> Thread:
    """The thread, locked and open: what is said in it comes one after the other."""
    held = Thread.objects.select_for_update(of=("self",)).filter(pk=thread.pk).first()
    if held is None or held.is_closed:
        raise DiscussionRefused(phrases.CLOSED)
    return held


def _held_message(message: Message) -> Message:
    rows = Message.objects.select_for_update(of=("self",)).select_related("thread", "author")
    held = rows.filter(pk=message.pk).first()
    if held is None:
        raise DiscussionRefused(phrases.GONE)
    return held


def _move(thread: Thread, at: datetime) -> None:
    Thread.objects.filter(pk=thread.pk, last_at__lt=at).update(last_at=at)
