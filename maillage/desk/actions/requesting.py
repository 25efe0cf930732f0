"""Ask the desk for help: a draft that waits, a request that is sent, an address that is confirmed.

Words: who *holds* a project reads its page once a letter confirmed their address. Neighbours: the letters are in
`notices`, the clicks in `clicks`; grants open a project by `send_request` too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from maillage.accounts.actions import PersonRefused, open_account
from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.accounts.queries import holders, running_delegations
from maillage.desk import phrases, terms
from maillage.desk.actions.refusal import DeskRefused
from maillage.desk.enums import Channel, ContactPart, Help, Stage
from maillage.desk.models import LONGEST, Contact, Draft, Passage, Project
from maillage.directory.models import Organisation, Term
from maillage.discussion import actions as discussion
from maillage.discussion.models import Thread
from maillage.kernel.actions import journal
from maillage.kernel.text import spoken_code
from maillage.outbox import actions as outbox
from maillage.territories.models import Commune


@dataclass(frozen=True)
class Asked:
    """What somebody answers to the seven questions. commune: None when not known yet; organisation: in whose name.

    seeks: what is looked for; email or phone: how to answer, one of them at least.
    """

    idea: str
    name: str
    email: str = ""
    phone: str = ""
    stage: Stage = Stage.IDEA
    commune: Commune | None = None
    topics: tuple[Term, ...] = ()
    seeks: tuple[Help, ...] = ()
    heard: str = ""
    organisation: Organisation | None = None


def keep_draft(*, email: str, answers: dict[str, Any], at: datetime) -> Draft:
    """Keep what was typed so far; a letter brings back to it. The same address keeps its last draft only.

    Raises DeskRefused for an address that no letter can reach.
    """
    address = email.strip().lower()
    with transaction.atomic():
        draft, _ = Draft.objects.update_or_create(email=address, defaults={"answers": answers, "saved_at": at})
        try:
            outbox.post(kind="desk.draft", to=address, about=draft, at=at)
        except outbox.AddressRefused as error:
            raise DeskRefused(outbox.AddressRefused.phrase, "email") from error
    return draft


def forget_drafts(*, at: datetime) -> int:
    """Drafts that nobody came back to; how many."""
    limit = at - timedelta(days=terms.days("draft_days", timezone.localdate(at)))
    return Draft.objects.filter(saved_at__lt=limit).delete()[0]


def send_request(
    *,
    asked: Asked,
    at: datetime,
    user: User | None = None,
    channel: Channel = Channel.WEB,
    noted_by: User | None = None,
    has_consent: bool = False,
    is_example: bool = False,
    is_awaited: bool = True,
) -> Project:
    """Open the file of a project: its reference, who answers, and by when.

    user: the account that asks, whose address is known; without one, a letter asks the address to confirm itself.
    noted_by: who enters it for somebody met or called, with has_consent. is_awaited: does somebody
    wait for an answer? A file that follows a decision tells its adviser alone. Raises DeskRefused.
    """
    said = _checked(asked, channel=channel, has_consent=has_consent, user=user)
    today = timezone.localdate(at)
    with transaction.atomic():
        project = Project.objects.create(
            reference=spoken_code(8), title=_title(said.idea), idea=said.idea, commune=said.commune,
            seeks=[str(one) for one in said.seeks], stage=said.stage, organisation=said.organisation, channel=channel,
            heard=said.heard.strip(), opened_at=at, moved_at=at, adviser=adviser_for(today),
            answer_by=terms.answer_by(today), is_example=is_example,
            consent_at=at if channel != Channel.WEB else None, consent_by=noted_by if channel != Channel.WEB else None,
        )  # fmt: skip
        project.topics.set(said.topics)
        Passage.objects.create(project=project, stage=said.stage, at=at, by=noted_by or user)
        contact = Contact.objects.create(
            project=project, part=ContactPart.HOLDER, name=said.name.strip(), phone=said.phone.strip(), user=user,
            email=said.email.strip().lower() or (user.email.lower() if user else ""), added_at=at,
        )  # fmt: skip
        _acknowledge(project, contact if is_awaited else None, at)
        changes = {"channel": [None, str(channel)], "consent": [None, channel != Channel.WEB]}
        journal(verb="send_request", target=project, changes=changes, by=noted_by or user, at=at)
    return project


def _checked(asked: Asked, *, channel: Channel, has_consent: bool, user: User | None) -> Asked:
    idea = asked.idea.strip().replace("\r\n", "\n")
    if not idea:
        raise DeskRefused(phrases.NO_IDEA, "idea")
    if len(idea) > LONGEST:
        raise DeskRefused(phrases.TOO_LONG, "idea")
    if not asked.name.strip():
        raise DeskRefused(phrases.NO_NAME, "name")
    if user is None and not asked.email.strip() and not asked.phone.strip():
        raise DeskRefused(phrases.NO_WAY_BACK, "email")
    if channel != Channel.WEB and not has_consent:
        raise DeskRefused(phrases.NO_CONSENT, "has_consent")
    return Asked(**{**asked.__dict__, "idea": idea})


def _title(idea: str) -> str:
    """The first sentence of the idea, cut at a word: « Ouvrir une épicerie… »."""
    words = " ".join(idea.split())
    first = words.split(". ")[0].rstrip(".")
    return first if len(first) <= 80 else f"{first[:79].rsplit(' ', 1)[0]}…"


def adviser_for(on: date) -> User | None:
    """The agent who has the fewest open files that day, of those who are there; None when there is no agent.

    When all of them are away, one is chosen all the same: their colleague stands in.
    """
    held = dict(Project.objects.open().filter(adviser__isnull=False).values_list("adviser").annotate(Count("pk")))
    away = set(running_delegations(on=on).values_list("giver", flat=True))
    agents: Iterable[User] = holders([Role.AGENT], on=on)
    return min(agents, key=lambda one: (one.pk in away, held.get(one.pk, 0), one.pk), default=None)


def _acknowledge(project: Project, contact: Contact | None, at: datetime) -> None:
    """A letter to whoever asks, which also asks an unknown address to confirm itself; one to the adviser."""
    to: User | str | None = (contact.user or contact.email or None) if contact is not None else None
    if contact is not None and to is not None:
        try:
            outbox.post(kind="desk.received", to=to, about=contact, at=at)
        except outbox.AddressRefused as error:
            raise DeskRefused(outbox.AddressRefused.phrase, "email") from error
        Draft.objects.filter(email=contact.email).delete()
    if project.adviser is not None:
        outbox.post(kind="desk.new", to=project.adviser, about=project, at=at)


def confirm_holder(*, contact: Contact, at: datetime) -> Contact:
    """The address is theirs: an account is opened when there is none, and reads the page of the project.

    Twice does no harm. Raises DeskRefused: the contact is gone, or its account is closed.
    """
    with transaction.atomic():
        row = Contact.objects.select_for_update(of=("self",)).select_related("project").filter(pk=contact.pk).first()
        if row is None or not row.email or row.part != ContactPart.HOLDER:
            raise DeskRefused(phrases.GONE)
        if row.user_id is not None:
            return row
        row.user = _account(row, at)
        row.save(update_fields=["user"])
        for thread in Thread.objects.filter(circle=row.project.circle).order_by("pk"):
            discussion.follow(thread=thread, user=row.user, is_on=True, at=at)
        changes = {"holder": [None, row.user.pk]}
        journal(verb="confirm_holder", target=row.project, changes=changes, by=row.user, at=at)
    return row


def _account(contact: Contact, at: datetime) -> User:
    known = User.objects.filter(email__iexact=contact.email).first()
    if known is not None and not known.is_active:
        raise DeskRefused(phrases.ACCOUNT_CLOSED)
    if known is not None and Contact.objects.filter(project=contact.project, user=known).exists():
        raise DeskRefused(phrases.ALREADY_HOLDER)
    try:
        return known or open_account(email=contact.email, first_name=contact.name[:100], by=None, at=at)
    except PersonRefused as refusal:
        raise DeskRefused(refusal.phrase) from refusal
