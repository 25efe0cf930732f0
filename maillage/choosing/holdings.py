"""What the room keeps of people: a voice held for a mandate or an address, who typed a sheet, who prepared what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from maillage.choosing.enums import State, VoiceKind
from maillage.choosing.voices import address_key
from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_user
from maillage.outbox.addresses import AddressRefused, normalise

OVER = (State.DECIDED, State.CANCELLED)


def _of_addresses(person: Person) -> Q:
    keys = []
    for address in person.addresses:
        try:
            keys.append(address_key(normalise(address)))
        except AddressRefused:
            continue
    return Q(kind=VoiceKind.ADDRESS, key__in=keys)


def _over(limit: datetime) -> Q:
    return Q(kind=VoiceKind.ADDRESS, consultation__state__in=OVER, consultation__changed_at__lt=limit) & ~Q(
        key__startswith="gone:"
    )


def _forget_addresses(rows: QuerySet[Any]) -> int:
    """The ballot stays counted; nothing leads from it to the address any more."""
    return rows.update(key=Concat(Value("gone:"), Cast("pk", models.CharField(max_length=20))))


_PUBLIC = "ce qui est demandé à tout le monde, écrit par l’équipe"
_COUNTED = "ce qui est compté ; ne nomme personne"
PERSONAL = (
    Holding(
        title="Vos voix aux consultations, au titre d’un mandat",
        model="choosing.Elector",
        fields=("user", "label", "has_voted", "on_paper"),
        purpose="donner une voix à chaque mandat, une seule",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=by_user("user"),
        erasing=Erasing.BLANK,
        why="la voix et son bulletin restent comptés, sans votre nom",
        blank={"user": None},
    ),
    Holding(
        title="Vos voix d’habitante ou d’habitant",
        model="choosing.Elector",
        fields=("key",),
        purpose="donner une voix à chaque adresse confirmée, une seule",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.consultation_voice", "depuis la décision", _over),
        of=_of_addresses,
        erasing=Erasing.BLANK,
        why="le bulletin reste compté, sans rien qui mène à votre adresse",
        secret=frozenset({"key"}),
        erase=lambda rows, person, at: _forget_addresses(rows),
        outlive=lambda rows, at: _forget_addresses(rows),
    ),
    Holding(
        title="Le contenu de vos bulletins, quand le vote n’est pas secret",
        model="choosing.Ballot",
        fields=("content", "channel", "cast_at", "receipt_digest"),
        purpose="compter, et compter de nouveau",
        basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT,
        of=lambda person: (
            Q(elector__user_id=person.user_id, elector__kind=VoiceKind.MANDATE)
            if person.user_id is not None
            else Q(pk__in=[])
        ),
        erasing=Erasing.KEEP,
        why="un bulletin compté reste compté ; plus rien ne le relie à vous",
        secret=frozenset({"receipt_digest"}),
    ),
    *(
        Holding(
            title=title,
            model=model,
            fields=(field,),
            purpose=purpose,
            basis=Basis.PUBLIC_TASK,
            term=WITH_ACCOUNT,
            of=by_user(field),
            erasing=Erasing.BLANK,
            why="cela reste, sans votre nom",
            blank={field: None},
        )
        for title, model, field, purpose in (
            ("Les consultations que vous avez préparées", "choosing.Consultation", "made_by", "savoir qui a préparé"),
            ("Les feuilles que vous avez saisies", "choosing.PaperBallot", "first_by", "que deux personnes saisissent"),
            (
                "Les feuilles que vous avez ressaisies",
                "choosing.PaperBallot",
                "second_by",
                "que deux personnes saisissent",
            ),
        )
    ),
)
HARMLESS = (
    Harmless(
        "choosing.Consultation", _PUBLIC,
        ("slug", "question", "explanation", "method", "electorates", "state", "decision", "cancel_reason"),
    ),
    Harmless("choosing.Consultation", _COUNTED, ("result",)),
    Harmless("choosing.Option", _PUBLIC, ("letter", "label", "description", "theme_key")),
    Harmless("choosing.College", _PUBLIC, ("key", "label")),
    Harmless("choosing.Elector", "la sorte de voix, et la structure", ("kind", "organisation")),
    Harmless("choosing.PaperBallot", "une feuille que rien ne relie à une personne", ("sheet", "first", "second")),
    Harmless("choosing.CollegeFollowing", _PUBLIC, ("followed", "why")),
)  # fmt: skip
