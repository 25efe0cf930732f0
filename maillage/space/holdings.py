"""What the room keeps of people: who holds a sheet, who asked for one, who proposed or wrote something."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate
from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_address, by_user
from maillage.space.actions import forget_portraits
from maillage.space.models import Membership, Portrait

_ANSWER = "vous répondre"
_FACE = "vous montrer à qui cherche la personne référente de sa communauté de communes"
_MANDATE_OVER = "depuis la fin du dernier mandat de référent"


def _held_alone(person: Person) -> Q:
    """Documents of the organisations that this person is the only one to hold."""
    if person.user_id is None:
        return Q(pk__in=[])
    held = Membership.objects.filter(organisation=OuterRef("organisation"))
    return Q(Exists(held.filter(user=person.user_id))) & ~Q(Exists(held.exclude(user=person.user_id)))


def _held_by_nobody(limit: datetime) -> Q:
    return Q(added_at__lt=limit) & ~Q(Exists(Membership.objects.filter(organisation=OuterRef("organisation"))))


def _no_officer_since(limit: datetime) -> Q:
    """Portraits of those who hold no mandate of liaison officer that runs, will run, or ended since."""
    lasting = Q(end_date__isnull=True) | Q(end_date__gte=limit.date())
    held = Mandate.objects.filter(lasting, role=Role.LIAISON_OFFICER, user=OuterRef("user"))
    return ~Q(Exists(held))


PERSONAL = (
    Holding(
        title="Votre portrait",
        model="space.Portrait",
        fields=("user", "picture", "agreed_at"),
        purpose=_FACE,
        basis=Basis.CONSENT,
        term=Term("term.mandate_over", _MANDATE_OVER, _no_officer_since),
        of=by_user("user"),
        erase=lambda portraits, person, at: forget_portraits(portraits),
        outlive=lambda portraits, at: forget_portraits(portraits),
    ),
    # After the portrait, which points to it and takes it along.
    Holding(
        title="Image de votre portrait",
        model="wagtailimages.Image",
        fields=("title", "file"),
        purpose=_FACE,
        basis=Basis.CONSENT,
        term=Term("term.mandate_over", _MANDATE_OVER),
        of=lambda person: Q(pk__in=Portrait.objects.filter(by_user("user")(person)).values("picture")),
    ),
    # Before memberships: once these are erased, nobody would know whose documents they were.
    Holding(
        title="Pièces du profil des structures que vous êtes seule personne à tenir",
        model="space.Attachment",
        fields=("kind", "label", "file", "document_date", "expires_on", "added_at"),
        purpose="joindre une fois pour toutes ce que les formulaires demandent",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.account_inactive", "depuis leur dépôt, quand plus personne ne tient la fiche", _held_by_nobody),
        of=_held_alone,
    ),
    Holding(
        title="Pièces de profil que vous avez déposées",
        model="space.Attachment",
        fields=("added_by",),
        purpose="savoir qui a déposé une pièce",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("added_by"),
        erasing=Erasing.BLANK,
        why="la pièce reste à la structure, sans votre nom",
        blank={"added_by": None},
    ),
    Holding(
        title="Vos structures",
        model="space.Membership",
        fields=("user", "organisation", "part", "since"),
        purpose="savoir quelles fiches vous tenez",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("user"),
    ),
    Holding(
        title="Vos demandes de reprise",
        model="space.Claim",
        fields=("name", "email", "proof", "organisation", "state", "reason", "opened_at", "decided_at"),
        purpose="décider qui tient une fiche, et vous répondre",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.claim", "depuis la décision", lambda limit: Q(decided_at__lt=limit)),
        of=by_address("email"),
        address="email",
    ),
    Holding(
        title="Demandes que vous avez décidées",
        model="space.Claim",
        fields=("decided_by",),
        purpose="savoir qui a décidé",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("decided_by"),
        erasing=Erasing.BLANK,
        why="la décision reste, sans votre nom",
        blank={"decided_by": None},
    ),
    Holding(
        title="Vous, dans le profil d’une structure",
        model="space.Profile",
        fields=("representative_name", "representative_role", "representative_email", "representative_phone"),
        purpose="remplir une fois pour toutes les formulaires de la structure",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.account_inactive", "depuis que la structure n’a plus donné signe"),
        of=by_address("representative_email"),
        erasing=Erasing.BLANK,
        why="le profil de la structure reste, sans vous",
        blank={
            "representative_name": "", "representative_role": "", "representative_email": "",
            "representative_phone": "",
        },
        address="representative_email",
    ),
    Holding(
        title="Vos propositions de correction",
        model="space.Suggestion",
        fields=("name", "email", "user", "note", "facts", "opened_at", "state"),
        purpose=_ANSWER,
        basis=Basis.PUBLIC_TASK,
        term=Term(
            "term.suggestion", "depuis la décision",
            lambda limit: Q(decided_at__lt=limit) & (~Q(name="") | ~Q(email="") | ~Q(note="") | Q(user__isnull=False)),
        ),
        of=lambda person: by_address("email")(person) | by_user("user")(person),
        erasing=Erasing.BLANK,
        why="la correction proposée reste, sans vous",
        blank={"name": "", "email": "", "user": None, "note": ""},
        address="email",
    ),
    Holding(
        title="Propositions que vous avez décidées",
        model="space.Suggestion",
        fields=("decided_by", "reason"),
        purpose="savoir qui a décidé",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("decided_by"),
        erasing=Erasing.BLANK,
        why="la décision reste, sans votre nom",
        blank={"decided_by": None},
    ),
    Holding(
        title="Structures que vous avez proposées",
        model="space.MissingActor",
        fields=("name", "email", "user", "how_known", "facts", "opened_at", "state"),
        purpose=_ANSWER,
        basis=Basis.PUBLIC_TASK,
        term=Term("term.suggestion", "depuis la décision", lambda limit: Q(decided_at__lt=limit)),
        of=lambda person: by_address("email")(person) | by_user("user")(person),
        erasing=Erasing.BLANK,
        why="la structure proposée reste, sans vous",
        blank={"name": "", "email": "", "user": None, "how_known": ""},
        address="email",
        outlive=lambda rows, at: rows.delete()[0],
    ),
    Holding(
        title="Structures proposées dont vous avez décidé",
        model="space.MissingActor",
        fields=("decided_by", "reason"),
        purpose="savoir qui a décidé",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("decided_by"),
        erasing=Erasing.BLANK,
        why="la décision reste, sans votre nom",
        blank={"decided_by": None},
    ),
    Holding(
        title="Messages que vous avez fait transmettre",
        model="space.RelayedMessage",
        fields=("name", "email", "words", "written_at", "relayed_at"),
        purpose="transmettre votre message sans montrer d’adresse",
        basis=Basis.CONSENT,
        term=Term("term.message", "depuis qu’il est écrit", lambda limit: ~Q(words="") & Q(written_at__lt=limit)),
        of=by_address("email"),
        erasing=Erasing.BLANK,
        why="le compte des messages reste, sans vous ni vos mots",
        blank={"name": "", "email": "", "words": ""},
        address="email",
    ),
    Holding(
        title="Messages qui vous étaient adressés comme référente ou référent",
        model="space.RelayedMessage",
        fields=("officer",),
        purpose="vous transmettre ce qui est pour vous",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("officer"),
        erasing=Erasing.BLANK,
        why="le compte des messages reste, sans votre nom",
        blank={"officer": None},
    ),
)  # fmt: skip
HARMLESS = (
    Harmless("space.Attachment", "empreinte d’un fichier", ("sha256",)),
    Harmless("space.Profile", "faits d’une structure", ("insurer", "insurance_number", "approvals")),
    Harmless("space.MissingActor", "noms de champs", ("verdicts",)),
    Harmless("space.Suggestion", "faits publics d’une structure", ("seen", "verdicts")),
)
