"""The history of a sheet as its own people read it: who did what, and what may be given back.

Words: a *voice* is who acted, in words: people of the organisation are named to each other, agents are not.
Neighbours: `directory.wording` says the differences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.directory.models import Organisation
from maillage.kernel.chain import has_lost_changes
from maillage.kernel.models import JournalEntry
from maillage.space import phrases
from maillage.space.models import Membership
from ui import french

OBJECT_TYPE = Organisation._meta.label_lower
# Acts on the sheet itself; those on its people and its profile have pages of their own.
VERBS = ("create", "revise", "publish", "archive", "review", "merge", "undo", "revert", "verify", "follow_rule")
# What a member changes from their own space, hence what they may give back.
EDITABLE = frozenset({
    "name", "acronym", "description", "activities", "services", "place.address", "place.postal_code",
    "place.commune_id", "place.opening_hours", "website", "phone", "email", "contact_consent_at",
    "contact_consent_note", "picture_id", "picture_alt", "picture_credit",
})  # fmt: skip
ONE_WAY = frozenset({"create", "merge", "undo"})
PROPOSAL = "proposition "


def acts_on(organisation: Organisation) -> QuerySet[Any]:
    """The acts on its sheet, the latest first."""
    acts = JournalEntry.objects.filter(object_type=OBJECT_TYPE, object_id=organisation.pk, verb__in=VERBS)
    return acts.order_by("-at", "-pk")


def is_givable(act: JournalEntry) -> bool:
    """Does this act touch only what members change, and is what was there before it still known?"""
    touches = bool(act.changes) and act.changes.keys() <= EDITABLE
    return touches and act.verb not in ONE_WAY and not has_lost_changes(act)


@dataclass(frozen=True)
class Voices:
    """Who is who for one organisation and one reader. members: {account: name}; former: accounts that left."""

    reader: int
    members: dict[int, str]
    former: frozenset[int]
    officers: frozenset[int]

    def of(self, act: JournalEntry) -> str:
        """« vous », « Inès », « l’équipe du territoire », « un import du 12 novembre 2026 »…"""
        day = french.day(timezone.localdate(act.at))
        if act.batch.startswith("import:"):
            return f"{'l’annulation d’' if act.verb == 'undo' else ''}un import du {day}"
        if act.actor_id is None:
            by_letter = act.verb == "verify" or act.note == phrases.BY_LETTER
            return phrases.LETTER if by_letter else phrases.SITE
        who = self._person(act.actor_id)
        return f"une proposition acceptée par {who}" if act.note.startswith(PROPOSAL) else who

    def _person(self, account: int) -> str:
        if account == self.reader:
            return phrases.YOU
        if account in self.members:
            return self.members[account]
        if account in self.former:
            return phrases.FORMER
        return phrases.OFFICER if account in self.officers else phrases.TEAM


def voices(organisation: Organisation, reader: User, acts: Sequence[JournalEntry]) -> Voices:
    """Whoever these acts name; three queries, whatever their number."""
    held = Membership.objects.filter(organisation=organisation).select_related("user")
    members = {one.user_id: str(one.user) for one in held}
    unknown = {act.actor_id for act in acts} - members.keys() - {None}
    return Voices(reader.pk, members, _former(organisation, unknown), _officers(unknown))


def _former(organisation: Organisation, accounts: Iterable[int | None]) -> frozenset[int]:
    admitted = JournalEntry.objects.filter(object_type=OBJECT_TYPE, object_id=organisation.pk, verb="admit")
    known = {changes.get("member", [None, None])[1] for changes in admitted.values_list("changes", flat=True)}
    return frozenset(one for one in accounts if one is not None and one in known)


def _officers(accounts: Iterable[int | None]) -> frozenset[int]:
    """Those who are liaison officers and nothing more."""
    roles: dict[int, set[str]] = {}
    for account, role in Mandate.objects.filter(user__in=list(accounts)).values_list("user_id", "role"):
        roles.setdefault(account, set()).add(role)
    return frozenset(one for one, held in roles.items() if held == {Role.LIAISON_OFFICER})
