"""What a member saves is written at once, or waits for the manager's yes.

Words: *mine* is what one contributor changed and that waits; there is one at a time, and a form that saves as one goes
adds to it. Neighbours: `suggestions` decides it, `pictures` comes here too.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory import actions as directory
from maillage.directory.facts import Facts, differences, facts_of, to_json
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal, name_source
from maillage.kernel.models import Source
from maillage.space import phrases
from maillage.space.actions.suggestions import propose
from maillage.space.enums import SuggestionOrigin
from maillage.space.models import Freshness, Suggestion
from maillage.space.queries_suggestions import must_wait, waiting_by


def member_source(organisation: Organisation, at: datetime) -> Source:
    """The organisation itself, heard through its members in their own space."""
    title = phrases.BY_MEMBERS.format(name=organisation.name)
    return name_source(kind=Source.Kind.OWNER, title=title, on=timezone.localdate(at))


def revise_or_propose(
    *, organisation: Organisation, facts: Facts, by: User, at: datetime, note: str = "", seen: Facts | None = None
) -> Suggestion | None:
    """Write what a member changed, or keep it until the manager says yes, when the organisation wants it so.

    Gives back the suggestion that waits, None when nothing waits. A value set back to what the sheet says waits no
    more. note: what the journal keeps with it; seen: what the page showed of these fields, so that nobody overwrites
    a change they have not seen. Raises the directory's SheetRefused, SheetMoved.
    """
    with transaction.atomic():
        Freshness.objects.select_for_update(of=("self",)).filter(organisation=organisation).first()
        if must_wait(by, organisation):
            return _wait(organisation, facts, by, at, note)
        directory.revise_organisation(
            organisation=organisation, facts=facts, source=member_source(organisation, at), by=by, at=at, note=note,
            seen=seen,
        )  # fmt: skip
    return None


def _wait(organisation: Organisation, facts: Facts, by: User, at: datetime, note: str) -> Suggestion | None:
    now = facts_of(Organisation.objects.get(pk=organisation.pk))
    mine = waiting_by(by, organisation)
    said = {**(mine.facts if mine else {}), **{field: to_json(value) for field, value in facts.items()}}
    waits = {field: pair[1] for field, pair in differences(now, said).items()}
    if mine is None:
        if not waits:
            return None
        return propose(
            organisation=organisation, facts=waits, seen=now, by=by, at=at, origin=SuggestionOrigin.CONTRIBUTOR,
            said=note,
        )  # fmt: skip
    if waits.keys() != mine.facts.keys() or note:
        changes = {"suggestion": [None, mine.pk], "fields": [sorted(mine.facts), sorted(waits)]}
        journal(verb="propose", target=organisation, changes=changes, by=by, at=at, note=note)
    if not waits:
        mine.delete()
        return None
    mine.seen = {field: mine.seen.get(field, now.get(field)) for field in waits}
    mine.facts = waits
    mine.save(update_fields=["facts", "seen"])
    return mine
