"""What the outbox keeps of people: the addresses it writes to, and what it wrote there."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from maillage.accounts.models import User
from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_address, by_user
from maillage.outbox.enums import State

_OVER = (State.SENT, State.CANCELLED, State.FAILED)
_WRITE = "vous écrire ce que vous avez demandé, et rien d’autre"


def _forgotten(limit: datetime) -> Q:
    """No account, and nothing written since; a stopped address is kept, so that nobody writes to it again."""
    return Q(user__isnull=True, stop_reason="", created_at__lt=limit) & ~Q(letters__created_at__gte=limit)


def _of_mailbox(person: Person) -> Q:
    return by_address("mailbox__address")(person)


PERSONAL = (
    Holding(
        title="Votre boîte aux lettres",
        model="outbox.Mailbox",
        fields=("address", "digest", "user", "frequency", "day", "blocked_subjects", "stop_reason", "stopped_at"),
        purpose=_WRITE,
        basis=Basis.PUBLIC_TASK,
        term=Term("term.account_inactive", "depuis la dernière lettre, sans compte", _forgotten),
        of=lambda person: by_address("address")(person) | by_user("user")(person),
        address="address",
    ),
    Holding(
        title="Lettres que nous vous avons écrites",
        model="outbox.Letter",
        fields=("mailbox", "kind", "subject", "facts", "state", "created_at", "left_at"),
        purpose=_WRITE,
        basis=Basis.PUBLIC_TASK,
        term=Term("term.letter", "depuis son départ", lambda limit: Q(state__in=_OVER, created_at__lt=limit)),
        of=_of_mailbox,
        secret=frozenset({"facts"}),
    ),
    Holding(
        title="Rappels en cours",
        model="outbox.Climb",
        fields=("mailbox", "ladder", "facts", "opened_at", "closed_at"),
        purpose="vous rappeler ce qui attend votre réponse, et s’arrêter à temps",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.letter", "depuis le dernier rappel", lambda limit: Q(closed_at__lt=limit)),
        of=_of_mailbox,
    ),
    Holding(
        title="Lettres retenues par la démonstration",
        model="outbox.CaughtLetter",
        fields=("address", "title", "text", "html", "headers", "caught_at"),
        purpose="montrer le site sans écrire à personne",
        basis=Basis.CONSENT,
        term=Term("term.draft", "depuis qu’elle est retenue", lambda limit: Q(caught_at__lt=limit)),
        of=by_address("address"),
        address="address",
    ),
    Holding(
        title="Ce que vous avez noté comme fait",
        model="outbox.ToDo",
        fields=("done_by", "done_at", "note"),
        purpose="savoir ce qui s’est passé et à qui le demander",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("done_by"),
        erasing=Erasing.BLANK,
        why="la chose reste faite, sans votre nom ni vos mots",
        blank={"done_by": None, "note": ""},
    ),
    Holding(
        title="Ce qui reste à faire à votre sujet",
        model="outbox.ToDo",
        fields=("title", "due_date"),
        purpose="tenir ce qui vous a été promis",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.letter", "depuis que c’est fait", lambda limit: Q(done_at__lt=limit)),
        of=lambda person: Q(object_type=User._meta.label_lower, object_id=person.user_id or 0),
    ),
    Holding(
        title="Ce que vous vous êtes chargé de faire",
        model="outbox.ToDo",
        fields=("owner",),
        purpose="savoir qui fait quoi",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("owner"),
        erasing=Erasing.BLANK,
        why="la chose reste à faire, par quelqu’un d’autre",
        blank={"owner": None},
    ),
)
_OURS = "nos mots et des numéros, jamais un nom ni une adresse"
HARMLESS = (
    Harmless("outbox.Letter", _OURS, ("object_type", "once_key", "owner", "server_id")),
    Harmless("outbox.Climb", _OURS, ("object_type",)),
    Harmless("outbox.ToDo", _OURS, ("object_type", "once_key")),
    Harmless("outbox.UsedLink", "l’empreinte d’un lien", ("token_digest", "purpose")),
)
