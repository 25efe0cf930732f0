"""Say that the directory lacks an organisation, and what becomes of it.

Words: it is *made* (a sheet à qualifier, which an agent publishes), *known* (a sheet was there already) or *refused*.
Neighbours: `deciding` says who may; the directory's verb makes the sheet; `tasks` tells the author when it is public.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import may_enter_back_office
from maillage.directory import actions as directory
from maillage.directory.enums import Status
from maillage.directory.facts import Facts
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal, name_source
from maillage.kernel.models import Source
from maillage.outbox import actions as outbox
from maillage.space.actions.suggestions import VISITOR_TITLE
from maillage.space.deciding import AGENT, OFFICER, may_decide_missing, who_answers
from maillage.space.enums import MissingState
from maillage.space.models import MissingActor
from maillage.territories.models import Commune


class MissingRefused(Exception):
    """It cannot be proposed or decided; `phrase` says why and what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def propose_missing(
    *,
    commune: Commune | None,
    facts: Facts,
    at: datetime,
    how_known: str = "",
    name: str = "",
    email: str = "",
    by: User | None = None,
    is_example: bool = False,
) -> MissingActor:
    """Keep what somebody says of an organisation until it is decided, and tell whom it waits for.

    facts: fields of a sheet, without the commune. Raises MissingRefused without a name.
    """
    if not str(facts.get("name", "")).strip():
        raise MissingRefused("Donnez au moins son nom.")
    with transaction.atomic():
        actor = MissingActor.objects.create(
            commune=commune, facts=facts, how_known=how_known.strip(), name=name.strip(), email=email.strip().lower(),
            user=by, is_example=is_example, opened_at=at,
        )  # fmt: skip
        journal(verb="propose", target=actor, changes={"fields": [None, sorted(facts)]}, by=by, at=at)
        epci = None if commune is None else commune.epci_id
        for reader in who_answers(epci, on=timezone.localdate(at)):
            outbox.post(kind="space.missing", to=reader, about=actor, at=at)
    return actor


def make_sheet(*, actor: MissingActor, kept: Iterable[str], reason: str, by: User, at: datetime) -> Organisation:
    """Make a sheet *à qualifier* of the fields that are kept; the author hears of it, now and when it is published.

    Raises MissingRefused (already decided, not theirs, no name kept, a number that another sheet has).
    """
    with _decided(actor, by, at) as held:
        wanted = {field: value for field, value in held.proposed().items() if field in set(kept)}
        role = AGENT if may_enter_back_office(by, on=timezone.localdate(at)) else OFFICER
        title = VISITOR_TITLE.format(role=role)
        source = name_source(kind=Source.Kind.PERSON, title=title, on=timezone.localdate(at))
        try:
            sheet = directory.create_organisation(
                facts={**wanted, "is_example": held.is_example}, source=source, by=by, at=at,
                note=f"structure proposée {held.pk}",
            )  # fmt: skip
        except directory.SheetRefused as refusal:
            raise MissingRefused(refusal.phrase) from refusal
        held.verdicts = {field: field in wanted for field in held.proposed()}
        held.state, held.sheet, held.reason = MissingState.MADE, sheet, reason.strip()[:300]
    return sheet


def link_sheet(*, actor: MissingActor, sheet: Organisation, reason: str, by: User, at: datetime) -> None:
    """Say that this organisation has a sheet already; nothing is written on it. Raises MissingRefused."""
    with _decided(actor, by, at) as held:
        held.state, held.sheet, held.reason = MissingState.KNOWN, sheet, reason.strip()[:300]
        held.published_told_at = at if sheet.is_public else None


def refuse_missing(*, actor: MissingActor, reason: str, by: User, at: datetime) -> None:
    """Keep nothing of it, and say why. Raises MissingRefused (no reason, already decided, not theirs)."""
    if not reason.strip():
        raise MissingRefused("Dites pourquoi\u00a0: la personne qui a proposé le lira.")
    with _decided(actor, by, at) as held:
        held.state, held.reason = MissingState.REFUSED, reason.strip()[:300]


@contextmanager
def _decided(actor: MissingActor, by: User, at: datetime) -> Iterator[MissingActor]:
    """Hold an open one, let the caller say what becomes of it, then write it down and tell the author."""
    with transaction.atomic():
        held = MissingActor.objects.select_for_update(of=("self",)).get(pk=actor.pk)
        if held.state != MissingState.OPEN:
            raise MissingRefused("Quelqu’un a déjà décidé de cette proposition.")
        allowed = may_decide_missing(by, held, on=timezone.localdate(at))
        if not allowed:
            raise MissingRefused(allowed.reason)
        yield held
        held.decided_at, held.decided_by = at, by
        held.save()
        journal(
            verb="decide_missing", target=held, by=by, at=at, note=held.reason,
            changes={"state": [MissingState.OPEN.value, str(held.state)], "sheet": [None, held.sheet_id]},
        )  # fmt: skip
        _tell(held, "space.missing_decided", at)


def tell_published(*, at: datetime) -> int:
    """Write once to whoever proposed an organisation whose sheet is public since; how many were told."""
    now_public = Q(sheet__status=Status.PUBLISHED) | Q(sheet__merged_into__status=Status.PUBLISHED)
    told = 0
    for actor in MissingActor.objects.filter(now_public, published_told_at__isnull=True).order_by("pk"):
        with transaction.atomic():
            # Of two workers at once, one changes the row.
            if MissingActor.objects.filter(pk=actor.pk, published_told_at__isnull=True).update(published_told_at=at):
                told += _tell(actor, "space.missing_published", at)
    return told


def _tell(actor: MissingActor, kind: str, at: datetime) -> bool:
    """Write to the author; False when there is nobody to write to."""
    author: User | str | None = actor.user or actor.email
    if not author or (actor.user_id is not None and actor.user_id == actor.decided_by_id):
        return False
    try:
        outbox.post(kind=kind, to=author, about=actor, at=at, once_key=f"{kind}:{actor.pk}")
    except outbox.AddressRefused:  # a visitor's address need not be one we can write to
        return False
    return True
