"""Ask whether sheets are still right, hear the answers, and tell agents whom to call.

Words: to *confirm* is to say that nothing changed; a *silent* sheet was not confirmed for a year and a month.
Neighbours: `campaign` plans; the directory's verbs write the sheet; the outbox carries letters and reminders.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory import actions as directory
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal, name_source
from maillage.kernel.models import Source
from maillage.outbox import actions as outbox
from maillage.outbox.actions.climbing import said_key
from maillage.outbox.models import ToDo
from maillage.space.campaign import Planned, plan, silence_key, silent_sheets
from maillage.space.enums import Months
from maillage.space.models import Freshness
from maillage.space.notices_freshness import KIND, LADDER
from maillage.space.phrases import BY_LETTER
from ui import french

OBJECT_TYPE = Organisation._meta.label_lower
CONFIRMED_SINCE = "La structure a confirmé sa fiche depuis : plus besoin d’appeler."
CLOSED = "Vérifier la fermeture, puis archiver la fiche"
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Asked:
    """What a campaign did: how many letters were posted, and {reason: how many} were not."""

    posted: int
    left_out: dict[str, int]


def ask_freshness(*, at: datetime, with_examples: bool = False, limit: int | None = None) -> Asked:
    """Ask every organisation whose time has come; `limit` asks the longest unconfirmed ones only. One commit each."""
    left_out: Counter[str] = Counter()
    posted = 0
    for planned in islice(plan(at, with_examples=with_examples), limit):
        if planned.to is None:
            left_out[planned.reason] += 1
        else:
            _ask(planned, planned.to, at)
            posted += 1
    return Asked(posted, dict(left_out))


def _ask(planned: Planned, to: User | str, at: datetime) -> None:
    organisation, facts = planned.organisation, {"asked_at": at.isoformat()}
    with transaction.atomic():
        mailbox = outbox.mailbox_for(to, at=at)
        once = said_key(KIND, OBJECT_TYPE, organisation.pk, mailbox.pk, at)
        outbox.post(kind=KIND, to=mailbox, about=organisation, facts=facts, at=at, once_key=once)
        outbox.open_climb(ladder=LADDER, about=organisation, to=mailbox, at=at, facts=facts)
        Freshness.objects.update_or_create(organisation=organisation, defaults={"asked_at": at})


def confirm_sheet(*, organisation: Organisation, source: Source, by: User | None, at: datetime) -> None:
    """Somebody of the organisation says that the sheet is still right; reminders stop, and nobody has to call."""
    with transaction.atomic():
        directory.verify(organisation=organisation, source=source, by=by, at=at)
        outbox.move(about=organisation, at=at, ladder=LADDER)
        asked = [f"unconfirmed:{organisation.pk}:", *outbox.to_do_keys(about=organisation, ladder=LADDER)]
        outbox.close_to_dos(about=organisation, asked=asked, note=CONFIRMED_SINCE, at=at)


def say_closed(*, organisation: Organisation, source: Source, by: User | None, at: datetime) -> None:
    """Somebody of the organisation says that it closed: the sheet says so, and an agent looks before archiving it."""
    day = timezone.localdate(at)
    with transaction.atomic():
        directory.revise_organisation(
            organisation=organisation, facts={"closed_date": day}, source=source, by=by, at=at, note=source.title
        )
        outbox.open_to_do(title=CLOSED, about=organisation, once_key=f"closed:{organisation.pk}:{day}", at=at)
        outbox.move(about=organisation, at=at, ladder=LADDER)


def letter_source(at: datetime) -> Source:
    """The organisation itself, heard through a link of its letter."""
    return name_source(kind=Source.Kind.OWNER, title=BY_LETTER, on=timezone.localdate(at))


def choose_months(*, organisation: Organisation, months: Months, by: User, at: datetime) -> None:
    """How often the organisation wants to be asked."""
    _choose(organisation, "months", months.value, by, at)


def set_contributors_wait(*, organisation: Organisation, is_on: bool, by: User, at: datetime) -> None:
    """Do changes by contributors wait for the manager's yes?"""
    _choose(organisation, "contributors_wait", is_on, by, at)


def _choose(organisation: Organisation, field: str, value: int | bool, by: User, at: datetime) -> None:
    with transaction.atomic():
        kept, _ = Freshness.objects.select_for_update(of=("self",)).get_or_create(organisation=organisation)
        before = getattr(kept, field)
        if before != value:
            setattr(kept, field, value)
            kept.save(update_fields=[field])
            journal(verb="choose", target=organisation, changes={field: [before, value]}, by=by, at=at)


def list_calls(*, at: datetime, limit: int = MOST_AT_ONCE) -> int:
    """Ask agents to call the organisations that stayed silent, each once for one silence; how many were added.

    Reminders about them stop: a person takes over.
    """
    silent = {silence_key(one): one for one in silent_sheets(at)[: 4 * limit]}
    known = set(ToDo.objects.filter(once_key__in=silent).values_list("once_key", flat=True))
    waiting = ToDo.objects.filter(object_type=OBJECT_TYPE, done_at__isnull=True, title__startswith="Appeler")
    called = set(waiting.values_list("object_id", flat=True))
    added = 0
    for key, one in silent.items():
        if key in known or one.pk in called or added == limit:
            continue
        since = french.day(timezone.localdate(one.verified_at or one.created_at))
        with transaction.atomic():
            title = f"Appeler « {one.name[:90]} »\u00a0: fiche non confirmée depuis le {since}"
            outbox.open_to_do(title=title, about=one, once_key=key, at=at)
            outbox.move(about=one, at=at, ladder=LADDER)
        added += 1
    return added
