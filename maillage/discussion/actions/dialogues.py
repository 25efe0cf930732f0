"""Prepare a dialogue between the ESS and an authority, conduct it, send it to an agenda, keep what came of it.

Neighbours: the back office; the room of bodies above gives `reference` to an item when its agenda takes it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from maillage.accounts.models import User
from maillage.discussion import phrases
from maillage.discussion.actions.refusal import DiscussionRefused
from maillage.discussion.enums import DialogueState, Side
from maillage.discussion.models import AgendaItem, Dialogue, Participant
from maillage.kernel.actions import journal

FACTS = ("title", "question", "form", "state", "measure", "event_date", "place", "synthesis")


def open_dialogue(*, facts: dict[str, Any], by: User | None, at: datetime, is_example: bool = False) -> Dialogue:
    """A new dialogue, a draft unless `facts` says otherwise. facts: some of FACTS. Raises DiscussionRefused."""
    dialogue = Dialogue(
        **{name: facts[name] for name in FACTS if name in facts}, slug=slugify(facts["title"])[:80] or "dialogue",
        is_example=is_example, opened_at=at, changed_at=at,
    )  # fmt: skip
    _check(dialogue)
    try:
        with transaction.atomic():
            dialogue.save(force_insert=True)
            journal(verb="open_dialogue", target=dialogue, changes={}, by=by, at=at)
    except IntegrityError as error:
        raise DiscussionRefused(phrases.SLUG_TAKEN, "title") from error
    return dialogue


def change_dialogue(
    *, dialogue: Dialogue, facts: dict[str, Any], seen_at: datetime | None, by: User | None, at: datetime
) -> Dialogue:
    """Change some of FACTS; its address stays. What says the same writes nothing.

    seen_at: `changed_at` as the person saw it. Raises DiscussionRefused: moved meanwhile, closed without synthesis.
    """
    with transaction.atomic():
        held = Dialogue.objects.select_for_update(of=("self",)).get(pk=dialogue.pk)
        if held.changed_at != seen_at:
            raise DiscussionRefused(phrases.DIALOGUE_MOVED)
        changes = {
            name: [getattr(held, name), facts[name]]
            for name in FACTS
            if name in facts and getattr(held, name) != facts[name]
        }
        if not changes:
            return held
        for name, (_, value) in changes.items():
            setattr(held, name, value)
        _check(held)
        held.changed_at = at
        held.save(update_fields=[*changes, "changed_at"])
        told = {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}
        journal(verb="change_dialogue", target=held, changes=told, by=by, at=at)
    return held


def _check(dialogue: Dialogue) -> None:
    if dialogue.state == DialogueState.CLOSED and not dialogue.synthesis.strip():
        raise DiscussionRefused(phrases.NEEDS_SYNTHESIS, "synthesis")


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) or hasattr(value, "pk") else value


def add_participant(
    *, dialogue: Dialogue, side: Side, name: str, by: User | None, at: datetime, quality: str = "", email: str = "",
) -> Participant:  # fmt: skip
    """One more person on one side. email: of an open account, which then enters the exchanges.

    Raises DiscussionRefused: no such account, or there already.
    """
    user = None
    if email.strip():
        user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if user is None:
            raise DiscussionRefused(phrases.NO_ACCOUNT, "email")
    try:
        with transaction.atomic():
            made = Participant.objects.create(
                dialogue=dialogue, side=side, name=name.strip(), quality=quality.strip(), user=user
            )
            journal(verb="add_participant", target=dialogue, changes={"participant": [None, made.pk]}, by=by, at=at)
    except IntegrityError as error:
        raise DiscussionRefused(phrases.PERSON_TWICE, "email") from error
    return made


def remove_participant(*, participant: Participant, by: User | None, at: datetime) -> None:
    """Take somebody off; what they said stays. Twice does no harm."""
    with transaction.atomic():
        if Participant.objects.filter(pk=participant.pk).delete()[0]:
            changes = {"participant": [participant.pk, None]}
            journal(verb="remove_participant", target=participant.dialogue, changes=changes, by=by, at=at)


def send_to_agenda(*, dialogue: Dialogue, body: str, meeting_date: date, by: User | None, at: datetime) -> AgendaItem:
    """Put a dialogue on the agenda of a body's meeting. Raises DiscussionRefused: a draft, or there already."""
    if dialogue.state == DialogueState.DRAFT:
        raise DiscussionRefused(phrases.DRAFT_TO_AGENDA)
    try:
        with transaction.atomic():
            item = AgendaItem.objects.create(
                dialogue=dialogue, body=body.strip(), meeting_date=meeting_date, asked_by=by, asked_at=at
            )
            told = {"body": [None, item.body], "meeting_date": [None, meeting_date.isoformat()]}
            journal(verb="send_to_agenda", target=dialogue, changes=told, by=by, at=at)
    except IntegrityError as error:
        raise DiscussionRefused(phrases.ON_AGENDA, "meeting_date") from error
    return item


def place_on_agenda(
    *, item: AgendaItem, reference: str, meeting_date: date, by: User | None, at: datetime
) -> AgendaItem:  # fmt: skip
    """A body's agenda takes it, for the day of its meeting. reference: the address of that meeting.

    Raises DiscussionRefused when an agenda took it before.
    """
    with transaction.atomic():
        taken = AgendaItem.objects.filter(pk=item.pk, reference="").update(
            reference=reference, meeting_date=meeting_date
        )
        if not taken:
            raise DiscussionRefused(phrases.ON_AGENDA)
        held = AgendaItem.objects.select_related("dialogue").get(pk=item.pk)
        journal(verb="place_on_agenda", target=held.dialogue, changes={"reference": ["", reference]}, by=by, at=at)
    return held


def release_from_agenda(*, item: AgendaItem, by: User | None, at: datetime) -> None:
    """The agenda let it go: another may take it. What came of it stays. Twice does no harm."""
    with transaction.atomic():
        held = AgendaItem.objects.select_for_update(of=("self",)).select_related("dialogue").get(pk=item.pk)
        if held.reference and not held.outcome:
            told = {"reference": [held.reference, ""]}
            held.reference = ""
            held.save(update_fields=["reference"])
            journal(verb="release_from_agenda", target=held.dialogue, changes=told, by=by, at=at)


def record_outcome(
    *, item: AgendaItem, outcome: str, outcome_date: date, by: User | None, at: datetime
) -> AgendaItem:  # fmt: skip
    """What the meeting made of it; told again, it takes the place of what was told. Raises DiscussionRefused."""
    if outcome_date > timezone.localdate(at):
        raise DiscussionRefused(phrases.OUTCOME_TOMORROW, "outcome_date")
    if outcome_date < item.meeting_date:
        raise DiscussionRefused(phrases.OUTCOME_BEFORE, "outcome_date")
    outcome = outcome.strip()
    if not outcome:
        raise DiscussionRefused(phrases.EMPTY, "outcome")
    with transaction.atomic():
        held = AgendaItem.objects.select_for_update(of=("self",)).select_related("dialogue").get(pk=item.pk)
        told = {"outcome": [held.outcome, outcome]}
        held.outcome, held.outcome_date = outcome, outcome_date
        held.save(update_fields=["outcome", "outcome_date"])
        journal(verb="record_outcome", target=held.dialogue, changes=told, by=by, at=at)
    return held
