"""What the room keeps of people: who sits where, who asked, what each said and did."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from maillage.governance.actions import forget_members
from maillage.governance.models import Member
from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_address, by_user


def _own(person: Person) -> Q:
    return by_user("user")(person) | by_address("email")(person)


_MANDATE = Term("term.mandate_over", "depuis la fin du mandat", lambda limit: Q(until__lt=limit.date(), email__gt=""))
_TEAM = "ce que l’équipe écrit d’une instance ou d’une réunion, pour tous ses membres"
_WITH_MANDATE = Term("term.mandate_over", "avec le mandat, vidé de votre nom")
_ARCHIVE = Term("", "tant que l’instance existe\u00a0: ce sont ses archives")


def _of_member(name: str) -> Callable[[Person], Q]:
    """Rows that lean on a mandate of the person."""
    return lambda person: Q(**{f"{name}__in": Member.objects.filter(_own(person))})


PERSONAL = (
    # Before the mandates: once these are blanked, nobody would know whose presences they were.
    Holding(
        title="Vos réponses aux dates proposées",
        model="governance.DateAnswer",
        fields=("member", "option", "answer"),
        purpose="choisir la date où le plus de monde peut venir",
        basis=Basis.PUBLIC_TASK,
        term=_WITH_MANDATE,
        of=_of_member("member"),
    ),
    Holding(
        title="Vos présences aux réunions",
        model="governance.Attendance",
        fields=("member", "meeting", "presence", "proxy_to", "said_at"),
        purpose="compter les présents et le quorum",
        basis=Basis.PUBLIC_TASK,
        term=_WITH_MANDATE,
        of=_of_member("member"),
        erasing=Erasing.KEEP,
        why="le nombre des présents reste\u00a0; le mandat auquel il mène n’a plus ni nom ni adresse",
    ),
    Holding(
        title="Les actions qui vous ont été confiées",
        model="governance.Action",
        fields=("owner",),
        purpose="savoir qui fait quoi, et vous le rappeler",
        basis=Basis.PUBLIC_TASK,
        term=_WITH_MANDATE,
        of=_of_member("owner"),
        erasing=Erasing.KEEP,
        why="l’action reste\u00a0; le mandat auquel elle mène n’a plus ni nom ni adresse",
    ),
    Holding(
        title="Points d’ordre du jour et comptes rendus",
        model="governance.AgendaItem",
        fields=("title", "speaker", "minutes", "proposed_by"),
        purpose="garder ce qu’une instance a dit et décidé",
        basis=Basis.PUBLIC_TASK,
        term=_ARCHIVE,
        of=None,
        erasing=Erasing.KEEP,
        why="une personne de l’équipe relit et retire votre nom, à votre demande",
    ),
    Holding(
        title="Comptes rendus que vous avez validés",
        model="governance.Meeting",
        fields=("validated_by",),
        purpose="savoir qui a validé",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("validated_by"),
        erasing=Erasing.BLANK,
        why="le compte rendu reste validé, sans votre nom",
        blank={"validated_by": None},
    ),
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
    Harmless("governance.Meeting", _TEAM, ("title", "place", "link", "check_in_code", "cancelled_reason", "series")),
    Harmless("governance.Invitation", "ce qu’une structure répond, jamais une personne", ("reason", "reply")),
    Harmless("governance.Decision", _TEAM, ("text", "note")),
    Harmless("governance.Action", _TEAM, ("text", "news")),
    Harmless("governance.Body", _TEAM, ("kind", "slug", "name", "purpose", "charter", "joining")),
    Harmless("governance.College", _TEAM, ("label",)),
)
