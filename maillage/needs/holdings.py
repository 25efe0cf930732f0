"""What the room keeps of people: who said or joined a need, who noted or read one for others."""

from __future__ import annotations

from django.db.models import Q

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_address, by_user
from maillage.needs.models import Voice


def _is(person: Person) -> Q:
    return by_address("email")(person) | by_user("user")(person)


def _said_by(person: Person) -> Q:
    return Q(pk__in=Voice.objects.filter(_is(person), is_author=True).values("need"))


PERSONAL = (
    # Before voices: once these are erased, nobody would know whose words they were.
    Holding(
        title="Les besoins que vous avez dits",
        model="needs.Need",
        fields=(
            "words", "public_words", "audience", "commune", "organisation", "channel", "consent_at", "said_at",
            "reading", "read_at", "theme",
        ),
        purpose="savoir ce qui manque sur le territoire",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.need_words", "depuis sa lecture", lambda limit: Q(read_at__lt=limit) & ~Q(words="")),
        of=_said_by,
        erasing=Erasing.BLANK,
        why="ce qui est publié reste, relu et sans vous",
        blank={"words": ""},
    ),
    Holding(
        title="Besoins que vous avez dits ou rejoints",
        model="needs.Voice",
        fields=("need", "is_author", "user", "email", "said_at", "confirmed_at", "stopped_at"),
        purpose="vous dire ce que devient un besoin",
        basis=Basis.CONSENT,
        term=Term(
            "term.need_voice", "depuis que le besoin est dit",
            lambda limit: Q(said_at__lt=limit) & (~Q(email="") | Q(user__isnull=False)),
        ),
        of=_is,
        erasing=Erasing.BLANK,
        why="la voix compte encore, sans vous",
        blank={"email": "", "user": None},
        address="email",
    ),
    Holding(
        title="Besoins que vous avez notés pour quelqu’un",
        model="needs.Need",
        fields=("consent_by",),
        purpose="savoir qui a recueilli l’accord",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("consent_by"),
        erasing=Erasing.BLANK,
        why="la date de l’accord reste, sans votre nom",
        blank={"consent_by": None},
    ),
    Holding(
        title="Besoins que vous avez lus",
        model="needs.Need",
        fields=("read_by", "reason"),
        purpose="savoir qui a décidé",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("read_by"),
        erasing=Erasing.BLANK,
        why="la décision reste, sans votre nom",
        blank={"read_by": None},
    ),
    Holding(
        title="Étapes de thèmes que vous avez dites",
        model="needs.Turn",
        fields=("by",),
        purpose="savoir qui a fait avancer un thème",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("by"),
        erasing=Erasing.BLANK,
        why="l’étape reste, sans votre nom",
        blank={"by": None},
    ),
)  # fmt: skip
HARMLESS = (
    Harmless("needs.Need", "référence tirée au sort, racines de mots publics", ("reference", "stems")),
    Harmless("needs.Theme", "écrit par l’équipe, public", ("slug", "title", "summary", "state")),
    Harmless("needs.Turn", "écrit par l’équipe, public", ("state", "sentence", "address", "taken_back_reason")),
)
