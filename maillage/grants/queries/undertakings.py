"""Single undertakings as agents read them: who stands in one, what it was given, what it may still receive.

Words: see `minimis`. Neighbours: verbs are in `actions.undertakings`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from maillage.accounts.models import User
from maillage.calls.models import Application
from maillage.directory.models import Organisation
from maillage.grants.models import DeMinimisAid, Undertaking, UndertakingMember
from maillage.grants.queries.minimis import Room, aids_of, narrowest


def listed(words: str) -> QuerySet[Undertaking]:
    """Those of several organisations first; words: in a name, a SIREN or an RNA number. One query, members besides."""
    rows = Undertaking.objects.annotate(size=Count("members", distinct=True))
    if words:
        found = UndertakingMember.objects.filter(
            Q(organisation__name__icontains=words) | Q(organisation__siren=words.replace(" ", ""))
            | Q(organisation__rna__iexact=words)
        ).values("undertaking")  # fmt: skip
        rows = rows.filter(pk__in=found)
    return rows.prefetch_related("members__organisation").order_by("-size", "name", "pk")


@dataclass(frozen=True)
class Whole:
    """One undertaking. hidden: how many of its aids stand in files that the reader stays away from; room: over all."""

    undertaking: Undertaking
    members: list[UndertakingMember]
    aids: list[DeMinimisAid]
    hidden: int
    room: Room | None


def whole(undertaking: Undertaking, *, by: User, on: date) -> Whole:
    """Five queries."""
    members = undertaking.members.select_related("organisation").order_by("organisation__name", "pk")
    readable = Application.objects.visible_to(by, on=on)
    rows = undertaking.aids.filter(Q(decision=None) | Q(decision__application__in=readable))
    aids = list(rows.select_related("organisation").prefetch_related("also").order_by("-granted_on", "-pk"))
    counted = aids_of(undertaking)
    return Whole(undertaking, list(members), aids, len(counted) - len(aids), narrowest(counted, on=on))


def organisation_of(number: str) -> Organisation | None:
    """The organisation of this SIREN or RNA number; None when there is none, or several."""
    bare = "".join(number.split()).upper()
    found = list(Organisation.objects.not_merged().filter(Q(siren=bare) | Q(rna=bare)).order_by("pk")[:2])
    return found[0] if bare and len(found) == 1 else None
