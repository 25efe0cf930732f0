"""What the room keeps of people: who sits where, who asked, what each said and did."""

from __future__ import annotations

from django.db.models import Q

from maillage.governance.actions import forget_members
from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_address, by_user


def _own(person: Person) -> Q:
    return by_user("user")(person) | by_address("email")(person)


_MANDATE = Term("term.mandate_over", "depuis la fin du mandat", lambda limit: Q(until__lt=limit.date(), email__gt=""))
_TEAM = "ce que l’équipe écrit d’une instance ou d’une réunion, pour tous ses membres"
PERSONAL = (
    Holding(
        title="Vos mandats dans les instances",
        model="governance.Member",
        fields=(
            "user", "email", "name", "organisation", "college", "function", "since", "until", "charter_at",
            "name_agreed_at",
        ),
        purpose="vous inviter aux réunions, compter les présents et les voix représentées",
        basis=Basis.PUBLIC_TASK,
        term=_MANDATE,
        of=_own,
        erasing=Erasing.BLANK,
        why="le mandat reste, sans votre nom ni votre adresse, parce que les présences et les décisions en dépendent",
        erase=lambda rows, person, at: forget_members(rows, at),
        outlive=forget_members,
        address="email",
    ),
    Holding(
        title="Vos demandes d’entrée dans une instance",
        model="governance.JoinRequest",
        fields=("user", "organisation", "words", "charter_at", "state", "reason", "opened_at", "decided_at"),
        purpose="décider de l’entrée d’une structure, et vous répondre",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.claim", "depuis la décision", lambda limit: Q(decided_at__lt=limit)),
        of=by_user("user"),
    ),
    Holding(
        title="Demandes d’entrée que vous avez décidées",
        model="governance.JoinRequest",
        fields=("decided_by",),
        purpose="savoir qui a décidé",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("decided_by"),
        erasing=Erasing.BLANK,
        why="la décision reste, sans votre nom",
        blank={"decided_by": None},
    ),
)  # fmt: skip
HARMLESS = (
    Harmless("governance.Body", _TEAM, ("kind", "slug", "name", "purpose", "charter", "joining")),
    Harmless("governance.College", _TEAM, ("label",)),
)
