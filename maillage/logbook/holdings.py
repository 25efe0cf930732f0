"""What the room keeps of people: calls and notes about them, and those they wrote."""

from __future__ import annotations

from django.db.models import Q

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Holding, Person, Term, by_user


def _about(person: Person) -> Q:
    """Entries about their account, and those that name them at the other end of the line."""
    named = Q(who__iexact=person.name) if " " in person.name.strip() else Q(pk__in=[])
    return by_user("user")(person) | named


PERSONAL = (
    Holding(
        title="Appels et notes à votre sujet",
        model="logbook.Entry",
        fields=("kind", "user", "organisation", "who", "words", "at"),
        purpose="suivre votre demande sans vous la faire répéter",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.logbook", "depuis l’appel ou la note", lambda limit: Q(at__lt=limit)),
        of=_about,
    ),
    Holding(
        title="Appels et notes que vous avez écrits",
        model="logbook.Entry",
        fields=("by", "changed_at"),
        purpose="savoir à qui demander la suite",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("by"),
        erasing=Erasing.BLANK,
        why="la ligne reste, sans votre nom",
        blank={"by": None},
    ),
)
