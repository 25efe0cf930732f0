"""What the room keeps of people: who holds a project, what they said, who helped them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from maillage.desk.models import Contact
from maillage.kernel.personal import (
    WITH_ACCOUNT,
    Basis,
    Erasing,
    Harmless,
    Holding,
    Person,
    Term,
    by_address,
    by_user,
)


def _is(person: Person) -> Q:
    return by_address("email")(person) | by_user("user")(person)


def _held_by(person: Person) -> Q:
    """Projects that nobody else holds: what is said in others is theirs too."""
    mine = Contact.objects.filter(_is(person))
    others = Contact.objects.exclude(_is(person)).filter(part="holder")
    return Q(pk__in=mine.filter(part="holder").values("project")) & ~Q(pk__in=others.values("project"))


def _inside(person: Person) -> Q:
    mine = Contact.objects.filter(_is(person), part="holder")
    others = Contact.objects.exclude(_is(person)).filter(part="holder")
    return Q(project__in=mine.values("project")) & ~Q(project__in=others.values("project"))


def _over(path: str) -> Any:
    def rows(limit: datetime) -> Q:
        return Q(**{f"{path}closed_at__lt": limit})

    return rows


def _signed(model: str, title: str, field: str = "by") -> Holding:
    """Who of the team wrote it."""
    return Holding(
        title=title, model=model, fields=(field,), purpose="savoir qui a suivi un projet", basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT, of=by_user(field), erasing=Erasing.BLANK, why="le dossier reste, sans votre nom",
        blank={field: None},
    )  # fmt: skip


_TERM = Term("term.desk_project", "depuis la clôture du dossier", _over(""))
_TERM_INSIDE = Term("term.desk_project", "depuis la clôture du dossier", _over("project__"))


def _of_project(model: str, title: str, fields: tuple[str, ...]) -> Holding:
    """What a file holds of its project, gone with it."""
    return Holding(
        title=title, model=model, fields=fields, purpose="accompagner votre projet", basis=Basis.PUBLIC_TASK,
        term=_TERM_INSIDE, of=_inside,
    )  # fmt: skip


PERSONAL = (
    # Inside first: once the people are erased, nobody would know whose project it was.
    _of_project("desk.Note", "Notes de l’équipe sur votre projet", ("project", "words", "at")),
    _of_project("desk.Interview", "Entretiens au guichet", (
        "project", "day", "channel", "present", "words", "decisions", "next_step", "audience", "at")),
    _of_project("desk.Diagnosis", "Points faits sur votre projet", ("project", "marks", "at")),
    _of_project("desk.Recommendation", "Étapes proposées pour votre projet", (
        "project", "title", "words", "address", "due_date", "state", "answer", "remind_on", "asked", "version", "at",
        "changed_at")),
    _of_project("desk.Referral", "Mises en relation de votre projet", (
        "project", "partner", "why", "shared", "state", "proposed_at", "consent_at", "asked_at", "answered_at",
        "answer", "closed_at", "usefulness")),
    _of_project("desk.Check", "Nouvelles de votre projet", (
        "project", "months", "due_date", "asked_at", "asked", "called_at", "answered_at", "is_alive", "words")),
    _of_project("desk.Involvement", "Structures de votre projet", ("project", "organisation", "name", "part", "share")),
    _of_project("desk.Passage", "Étapes de votre projet", ("project", "stage", "why", "at")),
    _of_project("desk.Effort", "Temps donné à votre projet", ("project", "day", "half_days", "words")),
    Holding(
        title="Vos projets au guichet",
        model="desk.Project",
        fields=(
            "title", "idea", "commune", "topics", "seeks", "stage", "organisation", "channel", "heard", "consent_at",
            "opened_at", "answer_by", "answered_at", "standing", "resume_on", "moved_at", "outcome", "outcome_words",
            "jobs", "fte", "raised", "closed_at", "workshop", "public_words", "shown_at",
        ),
        purpose="vous aider à monter votre projet",
        basis=Basis.PUBLIC_TASK,
        term=_TERM,
        of=_held_by,
    ),
    Holding(
        title="Ce que le guichet sait pour vous joindre",
        model="desk.Contact",
        fields=("project", "part", "name", "quality", "email", "phone", "user", "added_at"),
        purpose="vous répondre au sujet d’un projet",
        basis=Basis.PUBLIC_TASK,
        term=_TERM_INSIDE,
        of=_is,
        address="email",
    ),
    Holding(
        title="Demande au guichet, à finir",
        model="desk.Draft",
        fields=("email", "answers", "saved_at"),
        purpose="vous laisser finir plus tard",
        basis=Basis.CONSENT,
        term=Term("term.desk_draft", "depuis son dernier enregistrement", lambda limit: Q(saved_at__lt=limit)),
        of=by_address("email"),
        address="email",
    ),
    Holding(
        title="Partenaires du guichet",
        model="desk.Partner",
        fields=("name", "brings", "email", "phone", "website"),
        purpose="orienter les projets vers vous",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.desk_partner", "depuis que le partenaire n’est plus proposé",
                  lambda limit: Q(is_active=False, changed_at__lt=limit) & ~Q(email="", phone="")),
        of=by_address("email"),
        erasing=Erasing.BLANK,
        why="le partenaire reste, sans adresse",
        blank={"email": "", "phone": ""},
        address="email",
    ),
    _signed("desk.Project", "Dossiers que vous suivez", "adviser"),
    _signed("desk.Project", "Demandes que vous avez notées pour quelqu’un", "consent_by"),
    _signed("desk.Note", "Notes que vous avez écrites"),
    _signed("desk.Interview", "Entretiens que vous avez notés"),
    _signed("desk.Diagnosis", "Points que vous avez faits"),
    _signed("desk.Recommendation", "Étapes que vous avez proposées"),
    _signed("desk.Passage", "Étapes que vous avez changées"),
    _signed("desk.Effort", "Demi-journées que vous avez notées"),
    _signed("desk.Referral", "Partenaires que vous avez proposés", "proposed_by"),
    _signed("desk.Referral", "Accords que vous avez notés", "consent_noted_by"),
)  # fmt: skip
HARMLESS = (
    Harmless("desk.Project", "référence tirée au sort, ligne de la stratégie", ("reference", "measure")),
    Harmless(
        "desk.Partner",
        "ce qu’un réseau dit de lui",
        ("organisation", "topics", "places", "stages", "is_active", "checked_on", "changed_at"),
    ),
)
