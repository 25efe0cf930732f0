"""Follow a project: answer, note, talk, judge where it stands, move its stage, pause it, hand it over.

Words: a *word* goes to the holders, by the project's circle; a *note* stays in the team. Neighbours: `closing` ends a
file, `advising` holds its plan, `referring` its partners.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.desk import phrases
from maillage.desk.actions.held import answered, confirmed_holders, held, held_open, moved
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.circles import circle_of_project
from maillage.desk.enums import LEVELS, OPEN, Audience, Channel, ContactPart, Stage, Standing, Subject
from maillage.desk.models import Contact, Diagnosis, Interview, Note, Passage, Project
from maillage.directory.models import Organisation, Term
from maillage.discussion import actions as discussion
from maillage.discussion.models import Thread
from maillage.kernel.actions import journal
from maillage.kernel.models import JournalEntry
from maillage.outbox import actions as outbox
from maillage.strategy.models import Measure
from maillage.territories.models import Commune

# None: a subject that nobody spoke of yet, which is not a nought.
Marks = Mapping[Subject, tuple[int | None, str]]
_LEVELS = frozenset(level for level, _ in LEVELS)


@dataclass(frozen=True)
class Talk:
    """What is kept of a talk. day: Paris date; present, decisions, next_step: "" when there is nothing to say."""

    day: date
    words: str
    channel: Channel = Channel.MET
    present: str = ""
    decisions: str = ""
    next_step: str = ""
    audience: Audience = Audience.HOLDER


def write_to_holder(*, project: Project, words: str, by: User, at: datetime) -> Thread:
    """Say something to the holders: in the thread of the file, opened by the first word. It counts as an answer.

    Raises DeskRefused: closed, nothing to say, or nobody to read it (no holder has confirmed an address).
    """
    if not words.strip():
        raise DeskRefused(phrases.NO_WORDS, "words")
    with transaction.atomic():
        row = held_open(project)
        if next(confirmed_holders(row), None) is None:
            raise DeskRefused(phrases.NOBODY_READS, "words")
        thread = _speak(row, words, by, at)
        moved(row, at, *answered(row, at))
    return thread


def write_from_holder(*, project: Project, words: str, by: User, at: datetime) -> Thread:
    """The same, from a holder: the adviser, and who else holds the project, are told."""
    if not words.strip():
        raise DeskRefused(phrases.NO_WORDS, "words")
    with transaction.atomic():
        row = held_open(project)
        thread = _speak(row, words, by, at)
        moved(row, at)
    return thread


def _speak(project: Project, words: str, by: User, at: datetime) -> Thread:
    thread = Thread.objects.filter(circle=project.circle).order_by("pk").first()
    if thread is not None:
        discussion.say(thread=thread, text=words, by=by, at=at)
        return thread
    circle = circle_of_project(project)
    thread = discussion.open_thread(circle=circle, title=phrases.THREAD, text=words, by=by, at=at)
    for reader in circle.readers():
        discussion.follow(thread=thread, user=reader, is_on=True, at=at)
    return thread


def write_note(*, project: Project, words: str, by: User, at: datetime) -> Note:
    """A word for the team, on an open or a closed file. Raises DeskRefused when it is empty."""
    if not words.strip():
        raise DeskRefused(phrases.NO_WORDS, "words")
    with transaction.atomic():
        note = Note.objects.create(project=project, words=words.strip(), by=by, at=at)
        journal(verb="write_note", target=project, changes={"note": [None, note.pk]}, by=by, at=at)
    return note


def log_interview(*, project: Project, talk: Talk, by: User, at: datetime) -> Interview:
    """Keep what was said; a first talk is a first answer. Raises DeskRefused: closed, empty, in the future."""
    if not talk.words.strip():
        raise DeskRefused(phrases.NO_WORDS, "words")
    if talk.day > timezone.localdate(at):
        raise DeskRefused(phrases.IN_THE_FUTURE, "day")
    with transaction.atomic():
        row = held_open(project)
        made = Interview.objects.create(
            project=row, day=talk.day, channel=talk.channel, present=talk.present.strip(), words=talk.words.strip(),
            decisions=talk.decisions.strip(), next_step=talk.next_step.strip(), audience=talk.audience, at=at, by=by,
        )  # fmt: skip
        moved(row, at, *answered(row, at))
        changes = {"interview": [None, made.pk], "audience": [None, str(talk.audience)]}
        journal(verb="log_interview", target=row, changes=changes, by=by, at=at)
    return made


def diagnose(*, project: Project, marks: Marks, by: User, at: datetime) -> Diagnosis:
    """Where the project stands on the eight subjects; the diagnosis of before is kept.

    Raises DeskRefused: a level out of bounds, no level at all.
    """
    if set(marks) != set(Subject) or any(level not in (None, *_LEVELS) for level, _ in marks.values()):
        raise DeskRefused(phrases.EIGHT_MARKS)
    if all(level is None for level, _ in marks.values()):
        raise DeskRefused(phrases.NO_MARK)
    with transaction.atomic():
        row = held_open(project)
        kept = {str(subject): [level, words.strip()[:300]] for subject, (level, words) in marks.items()}
        made = Diagnosis.objects.create(project=row, marks=kept, at=at, by=by)
        moved(row, at)
        journal(verb="diagnose", target=row, changes={"diagnosis": [None, made.pk]}, by=by, at=at)
    return made


def move_stage(*, project: Project, stage: Stage, by: User, at: datetime, why: str = "") -> Passage | None:
    """The project is at this stage now, be it an earlier one; every passage is kept. None when nothing changes."""
    with transaction.atomic():
        row = held_open(project)
        if row.stage == stage:
            return None
        before, row.stage = row.stage, stage
        passage = Passage.objects.create(project=row, stage=stage, why=why.strip(), at=at, by=by)
        moved(row, at, "stage")
        journal(verb="move_stage", target=row, changes={"stage": [before, str(stage)]}, by=by, at=at)
    return passage


def revise_project(
    *,
    project: Project,
    title: str,
    commune: Commune | None,
    topics: list[Term],
    organisation: Organisation | None,
    measure: Measure | None,
    by: User,
    at: datetime,
) -> Project:
    """What the file is about; the idea stays as it was said. Raises DeskRefused without a title."""
    if not title.strip():
        raise DeskRefused(phrases.NO_TITLE, "title")
    after = {"commune": commune, "organisation": organisation, "measure": measure}
    with transaction.atomic():
        row = held(project)
        # The title may betray the idea: the journal says that it changed, not into what.
        changes: dict[str, list[Any]] = {"title": [None, True]} if row.title != title.strip() else {}
        for name, value in after.items():
            if getattr(row, f"{name}_id") != (value and value.pk):
                changes[name] = [getattr(row, f"{name}_id"), value and value.pk]
                setattr(row, name, value)
        known = sorted(row.topics.values_list("pk", flat=True))
        if known != sorted(one.pk for one in topics):
            changes["topics"] = [known, sorted(one.pk for one in topics)]
            row.topics.set(topics)
        row.title = title.strip()
        row.save(update_fields=["title", *after])
        if changes:
            journal(verb="revise_project", target=row, changes=changes, by=by, at=at)
    return row


def pause(*, project: Project, resume_on: date, by: User, at: datetime) -> None:
    """No reminder leaves until that day. Raises DeskRefused: not followed, or not a day to come."""
    with transaction.atomic():
        row = held_open(project)
        if row.standing == Standing.NEW:
            raise DeskRefused(phrases.ANSWER_FIRST)
        if resume_on <= timezone.localdate(at):
            raise DeskRefused(phrases.RESUME_LATER, "resume_on")
        before, row.standing, row.resume_on = row.resume_on, Standing.PAUSED, resume_on
        moved(row, at, "standing", "resume_on")
        changes = {"resume_on": [before and before.isoformat(), resume_on.isoformat()]}
        journal(verb="pause", target=row, changes=changes, by=by, at=at)


def resume(*, project: Project, by: User | None, at: datetime) -> bool:
    """Go on; False when it was not paused."""
    with transaction.atomic():
        row = held(project)
        if row.standing != Standing.PAUSED:
            return False
        row.standing, row.resume_on = Standing.FOLLOWED, None
        moved(row, at, "standing", "resume_on")
        journal(verb="resume", target=row, changes={"standing": ["paused", "followed"]}, by=by, at=at)
    return True


def resume_due(*, at: datetime) -> int:
    """Pauses whose day has come end by themselves; how many."""
    due = Project.objects.filter(standing=Standing.PAUSED, resume_on__lte=timezone.localdate(at))
    return sum(resume(project=one, by=None, at=at) for one in due.order_by("pk")[:500])


def assign(*, project: Project, to: User, by: User, at: datetime) -> None:
    """This colleague follows the project from now on; they are told, unless they took it themself."""
    with transaction.atomic():
        row = held(project)
        if row.adviser_id == to.pk:
            return
        before, row.adviser = row.adviser_id, to
        row.save(update_fields=["adviser"])
        journal(verb="assign", target=row, changes={"adviser": [before, to.pk]}, by=by, at=at)
        if to.pk != by.pk:
            outbox.post(kind="desk.assigned", to=to, about=row, at=at)


def hand_over(*, giver: User, to: User, by: User, at: datetime) -> int:
    """Every open file of one colleague goes to another, in one act and one letter; how many. Raises DeskRefused."""
    if giver.pk == to.pk:
        raise DeskRefused(phrases.SAME_PERSON, "to")
    with transaction.atomic():
        rows = list(
            Project.objects.select_for_update(of=("self",)).filter(adviser=giver, standing__in=OPEN).order_by("pk")
        )
        for row in rows:
            row.adviser = to
            row.save(update_fields=["adviser"])
            journal(verb="assign", target=row, changes={"adviser": [giver.pk, to.pk]}, by=by, at=at)
        if rows and to.pk != by.pk:
            facts = {"count": len(rows)}
            outbox.post(
                kind="desk.handed",
                to=to,
                facts=facts,
                at=at,
                once_key=f"desk:handed:{giver.pk}:{to.pk}:{at.isoformat()}",
            )
    return len(rows)  # fmt: skip


def add_contact(
    *, project: Project, part: ContactPart, name: str, by: User, at: datetime, quality: str = "", email: str = "",
    phone: str = "",
) -> Contact:  # fmt: skip
    """One more person of the project; a holder is asked by letter whether they are. Raises DeskRefused."""
    address = email.strip().lower()
    if not name.strip():
        raise DeskRefused(phrases.NO_NAME, "name")
    if not address and not phone.strip():
        raise DeskRefused(phrases.NO_WAY_BACK, "email")
    with transaction.atomic():
        row = held_open(project)
        if address and Contact.objects.filter(project=row, email=address).exists():
            raise DeskRefused(phrases.KNOWN_ADDRESS, "email")
        contact = Contact.objects.create(
            project=row, part=part, name=name.strip(), quality=quality.strip(), email=address, phone=phone.strip(),
            added_at=at,
        )  # fmt: skip
        if part == ContactPart.HOLDER and address:
            try:
                outbox.post(kind="desk.invited", to=address, about=contact, at=at)
            except outbox.AddressRefused as error:
                raise DeskRefused(outbox.AddressRefused.phrase, "email") from error
        journal(verb="add_contact", target=row, changes={"contact": [None, contact.pk]}, by=by, at=at)
    return contact


def remove_contact(*, contact: Contact, by: User, at: datetime) -> None:
    """Take a person out of the file. Raises DeskRefused: the last holder stays."""
    with transaction.atomic():
        row = held(contact.project)
        holders = row.contacts.filter(part=ContactPart.HOLDER)
        if contact.part == ContactPart.HOLDER and holders.count() <= 1:
            raise DeskRefused(phrases.LAST_HOLDER)
        journal(verb="remove_contact", target=row, changes={"contact": [contact.pk, None]}, by=by, at=at)
        row.contacts.filter(pk=contact.pk).delete()


def note_reading(*, project: Project, by: User, at: datetime) -> None:
    """Somebody of the team opened this confidential file: written down once a day and person."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    known = JournalEntry.objects.filter(
        object_type=project._meta.label_lower, object_id=project.pk, verb="read_project", actor_id=by.pk, at__gte=today
    )
    if not known.exists():
        journal(verb="read_project", target=project, changes={}, by=by, at=at)
