"""What the room keeps of people: what they said and put there, what they follow, the dialogues they take part in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from maillage.kernel.personal import WITH_ACCOUNT, Basis, Erasing, Harmless, Holding, Person, Term, by_user

_TALK = "se parler et décider entre membres d’un cercle"
_STAYS = "la parole reste aux autres, sans votre nom"
REMOVED = "[nom retiré]"


def _without_name(owner: str, column: str) -> Any:
    """Erase somebody from what they wrote: their account, and their name and addresses in the words."""

    def erase(rows: QuerySet[Any], person: Person, at: datetime) -> int:
        done = 0
        for row in rows:
            text = getattr(row, column)
            for word in person.words:
                text = text.replace(word, REMOVED)
            setattr(row, column, text)
            setattr(row, owner, None)
            row.save(update_fields=[owner, column])
            done += 1
        return done

    return erase


def _by(model: str, title: str, field: str, purpose: str, why: str) -> Holding:
    return Holding(
        title=title, model=model, fields=(field,), purpose=purpose, basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT,
        of=by_user(field), erasing=Erasing.BLANK, why=why, blank={field: None},
    )  # fmt: skip


def _edits_of(person: Person) -> Q:
    return Q(message__author_id=person.user_id) if person.user_id is not None else Q(pk__in=[])


def _erase_edits(rows: QuerySet[Any], person: Person, at: datetime) -> int:
    return rows.delete()[0]


PERSONAL = (
    # Before messages: once these have no author, nobody would know whose words of before they were.
    Holding(
        title="Ce que vos messages disaient avant", model="discussion.Edit", fields=("text", "at"), purpose=_TALK,
        basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT, of=_edits_of, erase=_erase_edits,
    ),
    Holding(
        title="Vos messages dans les échanges", model="discussion.Message",
        fields=("author", "text", "way", "written_at", "edited_at"), purpose=_TALK, basis=Basis.PUBLIC_TASK,
        term=WITH_ACCOUNT, of=by_user("author"), erasing=Erasing.BLANK, why=_STAYS, blank={"author": None},
        erase=_without_name("author", "text"),
    ),
    Holding(
        title="Vos versions d’une idée", model="discussion.Version", fields=("by", "text", "why", "at"), purpose=_TALK,
        basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT, of=by_user("by"), erasing=Erasing.BLANK, why=_STAYS,
        blank={"by": None}, erase=_without_name("by", "text"),
    ),
    Holding(
        title="Les fils que vous avez ouverts", model="discussion.Thread", fields=("opened_by", "title", "opened_at"),
        purpose=_TALK, basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT, of=by_user("opened_by"), erasing=Erasing.BLANK,
        why=_STAYS, blank={"opened_by": None},
    ),
    Holding(
        title="Messages que vous avez masqués", model="discussion.Message", fields=("hidden_by", "hidden_reason"),
        purpose="savoir qui anime, et pourquoi", basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT, of=by_user("hidden_by"),
        erasing=Erasing.BLANK, why="le message reste masqué, sans votre nom", blank={"hidden_by": None},
    ),
    Holding(
        title="Les fils que vous suivez", model="discussion.Following", fields=("user", "is_on", "since"),
        purpose="vous prévenir de ce qui s’y dit", basis=Basis.CONSENT, term=WITH_ACCOUNT, of=by_user("user"),
    ),
    Holding(
        title="Les fichiers que vous avez déposés", model="discussion.FileVersion",
        fields=("added_by", "file", "added_at"), purpose="garder ensemble les documents d’un cercle",
        basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT, of=by_user("added_by"), erasing=Erasing.BLANK,
        why="le document reste au cercle, sans votre nom", blank={"added_by": None},
    ),
    Holding(
        title="Les dialogues auxquels vous prenez part", model="discussion.Participant",
        fields=("user", "name", "quality", "side"), purpose="dire qui prend part à un dialogue public",
        basis=Basis.PUBLIC_TASK, term=WITH_ACCOUNT, of=by_user("user"),
    ),
    _by("discussion.AgendaItem", "Dialogues que vous avez envoyés à un ordre du jour", "asked_by",
        "savoir qui l’a demandé", "le point reste, sans votre nom"),
    Holding(
        title="Courriels reçus en réponse à une lettre", model="discussion.ReceivedMail", fields=("message", "at"),
        purpose="ne pas publier deux fois le même courriel", basis=Basis.PUBLIC_TASK,
        term=Term("term.received_mail", "depuis qu’il est arrivé", lambda limit: Q(at__lt=limit)),
        of=lambda person: Q(message__author_id=person.user_id) if person.user_id is not None else Q(pk__in=[]),
    ),
)  # fmt: skip
HARMLESS = (
    Harmless("discussion.Thread", "clef d’un cercle", ("circle",)),
    Harmless("discussion.SharedFile", "clef d’un cercle et nom d’un document", ("circle", "name")),
    Harmless("discussion.FileVersion", "empreinte d’un fichier", ("sha256",)),
    Harmless("discussion.ReceivedMail", "empreinte qu’on ne peut pas remonter, et mots de code", ("digest", "trouble")),
    Harmless("discussion.Dialogue", "ce que l’équipe publie d’un dialogue",
             ("slug", "title", "question", "place", "synthesis")),
    Harmless("discussion.AgendaItem", "ce que l’équipe publie d’une réunion", ("body", "outcome", "reference")),
)  # fmt: skip
