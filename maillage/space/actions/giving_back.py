"""Give back to a sheet the values it had before an act, and never over somebody's later change in silence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.directory import actions as directory
from maillage.directory.facts import Changes, Facts, facts_of
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry
from maillage.space import phrases
from maillage.space.actions.contributing import member_source
from maillage.space.actions.leaving_pictures import forget_unused
from maillage.space.actions.suggestions import with_followers
from maillage.space.queries_history import is_givable


class GiveBackRefused(Exception):
    """Nothing was given back; `phrase` says why and what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def give_back(
    *, organisation: Organisation, act: JournalEntry, fields: Collection[str], today: Facts, by: User, at: datetime
) -> Changes:
    """Give these fields the values they had before the act; gives back {field: [before, after]}.

    today: what the page showed of the sheet, for every field of the act. Raises GiveBackRefused: the sheet moved
    meanwhile, the act is not for members to turn back, a value that does not fit any more.
    """
    if act.object_id != organisation.pk or not is_givable(act):
        raise GiveBackRefused(phrases.NOT_THEIRS)
    with transaction.atomic():
        sheet = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
        if today != shown_today(sheet, act):
            raise GiveBackRefused(phrases.MOVED)
        try:
            changes = directory.revert_to(
                act=act, fields=with_followers(fields), source=member_source(sheet, at), by=by, at=at
            )
        except directory.SheetRefused as refusal:
            raise GiveBackRefused(refusal.phrase) from refusal
        forget_unused(changes.get("picture_id", ())[:1])
    return changes


def shown_today(organisation: Organisation, act: JournalEntry) -> Facts:
    """{field of the act: what the sheet says today}."""
    now = facts_of(organisation)
    return {field: now.get(field) for field in act.changes}
