"""What the room keeps of people: saved searches, who advised or withdrew an aid."""

from __future__ import annotations

from django.db.models import Q

from maillage.aids.models import FIELDS
from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_address, by_user


def _reads(person: Person) -> Q:
    return by_address("email")(person) | by_user("user")(person)


PERSONAL = (
    Holding(
        title="Vos recherches d’aides",
        model="aids.Watch",
        fields=("user", "email", "asked", "pace", "made_at", "confirmed_at", "stopped_at", "told_at"),
        purpose="vous écrire quand une aide nouvelle y répond",
        basis=Basis.CONSENT,
        term=Term("term.aid_watch", "depuis que vous l’avez arrêtée", lambda limit: Q(stopped_at__lt=limit)),
        of=_reads,
        address="email",
    ),
    Holding(
        title="Aides que vous avez conseillées",
        model="aids.AidAdvice",
        fields=("by", "words"),
        purpose="savoir qui a conseillé une aide",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("by"),
        erasing=Erasing.BLANK,
        why="le conseil reste, sans votre nom",
        blank={"by": None},
    ),
    Holding(
        title="Aides que vous avez retirées du catalogue",
        model="aids.Aid",
        fields=("withdrawn_by", "withdrawn_reason"),
        purpose="savoir qui a décidé",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("withdrawn_by"),
        erasing=Erasing.BLANK,
        why="la décision reste, sans votre nom",
        blank={"withdrawn_by": None},
    ),
)
HARMLESS = (
    Harmless(
        "aids.Aid", "publié par qui propose l’aide, contacts professionnels compris",
        ("slug", *FIELDS, "source", "source_key", "said", "edited", "keys", "words_key", "link_trouble"),
    ),
    Harmless("aids.AidAdvice", "un objet de la plateforme, par son numéro", ("object_type", "object_id")),
    Harmless("aids.Reading", "des nombres et le nom d’une source", ("source",)),
)  # fmt: skip
