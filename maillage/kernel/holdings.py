"""What the ground keeps of people: names in the journal and in the sources, background work, erasures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from maillage.kernel import erasures
from maillage.kernel.actions.sealing import blank_parts
from maillage.kernel.models import JournalEntry, Source
from maillage.kernel.personal import Basis, Erasing, Harmless, Holding, Person, Term

_ACCOUNT = settings.AUTH_USER_MODEL.lower()
_FOR_THE_RECORD = "pouvoir dire qui a décidé quoi, et revenir en arrière"
_TOLD = ("object_label", "note")
_ACT_STAYS = "l’acte reste, sans votre nom"
_NAMES = Term(
    "term.journal_name",
    "depuis l’acte",
    lambda limit: Q(at__lt=limit, actor__isnull=False) & ~Q(actor_label=""),
)


def _about(person: Person) -> Q:
    if person.user_id is None:
        return Q(pk__in=[])
    return Q(object_type=_ACCOUNT, object_id=person.user_id)


def _said_by(person: Person) -> Q:
    names = [name for name in (person.name, *person.addresses) if name]
    return Q(kind=Source.Kind.PERSON, title__in=names)


def _sign_no_more(acts: QuerySet[Any], person: Person, at: datetime) -> int:
    return blank_parts(acts=acts, names=["actor_label"])


def _name_no_more(acts: QuerySet[Any], person: Person, at: datetime) -> int:
    """Acts on the account, and every other act that names the person somewhere."""
    done = blank_parts(acts=acts, names=_TOLD)
    mentions = Q(pk__in=[])
    for word in person.words:
        escaped = word.encode("ascii", "backslashreplace").decode()  # as SQLite keeps JSON
        mentions |= Q(told__icontains=word) | Q(told__icontains=escaped)
        mentions |= Q(note__icontains=word) | Q(object_label__icontains=word) | Q(actor_label__icontains=word)
    told = JournalEntry.objects.annotate(told=Cast("changes", TextField())).filter(mentions)
    return done + blank_parts(acts=told, words=person.words)


def _old_names(acts: QuerySet[Any], at: datetime) -> int:
    return blank_parts(acts=acts, names=["actor_label"])


def _unname(sources: QuerySet[Any], *_: Any) -> int:
    done = 0
    for pk in sources.order_by("pk").values_list("pk", flat=True):
        # The reference keeps two people erased on one day apart.
        done += Source.objects.filter(pk=pk).update(title="Une personne", reference=f"effacée-{pk}", url="")
    return done


PERSONAL = (
    Holding(
        title="Ce que vous avez fait",
        model="kernel.JournalEntry",
        fields=("at", "actor", "actor_label", "verb", "object_type", "object_id"),
        purpose=_FOR_THE_RECORD,
        basis=Basis.PUBLIC_TASK,
        term=_NAMES,
        of=lambda person: Q(actor_id=person.user_id) if person.user_id is not None else Q(pk__in=[]),
        erasing=Erasing.BLANK,
        why=_ACT_STAYS,
        erase=_sign_no_more,
        outlive=_old_names,
    ),
    Holding(
        title="Ce qui a été fait sur votre compte",
        model="kernel.JournalEntry",
        fields=("at", "verb", "object_label", "note", "changes"),
        purpose=_FOR_THE_RECORD,
        basis=Basis.PUBLIC_TASK,
        term=Term(
            "term.journal_name",
            "depuis l’acte",
            lambda limit: Q(at__lt=limit, object_type=_ACCOUNT) & ~Q(object_label=""),
        ),
        of=_about,
        erasing=Erasing.BLANK,
        why=_ACT_STAYS,
        erase=_name_no_more,
        outlive=lambda acts, at: blank_parts(acts=acts, names=_TOLD),
    ),
    Holding(
        title="Informations données en votre nom",
        model="kernel.Source",
        fields=("title", "reference", "date"),
        purpose="savoir d’où vient chaque information d’une fiche",
        basis=Basis.PUBLIC_TASK,
        term=Term(
            "term.journal_name",
            "depuis ce jour-là",
            lambda limit: Q(kind=Source.Kind.PERSON, date__lt=limit.date()) & ~Q(reference__startswith="effacée-"),
        ),
        of=_said_by,
        erasing=Erasing.BLANK,
        why="l’information reste, « une personne » remplace votre nom",
        erase=_unname,
        outlive=_unname,
    ),
    Holding(
        title="Travail de fond",
        model="django_tasks_database.DBTaskResult",
        fields=("args_kwargs", "return_value", "traceback"),
        purpose="faire en arrière-plan ce que vous avez demandé (un import, par exemple)",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.task_done", "depuis sa fin", lambda limit: Q(finished_at__lt=limit)),
        of=None,
        why="ces lignes ne portent que des numéros",
    ),
    Holding(
        title="Trace d’un départ",
        model="kernel.Erasure",
        fields=("at", "digest"),
        purpose="vous effacer de nouveau si une sauvegarde plus ancienne est remise en place",
        basis=Basis.LEGAL_DUTY,
        term=Term("term.erasure", "depuis le départ", lambda limit: Q(at__lt=limit)),
        of=lambda person: Q(digest__in=[erasures.digest_of(address) for address in person.addresses]),
        erasing=Erasing.KEEP,
        why="une empreinte qui ne permet pas de retrouver l’adresse",
        secret=frozenset({"digest"}),
    ),
)
_OURS = "nos mots, pas ceux de quelqu’un"
HARMLESS = (
    Harmless("kernel.JournalEntry", "noms de lots et valeurs tirées au hasard", ("batch", "salt", "erased")),
    Harmless("kernel.JournalSeal", "numéros et empreintes", ("ranges", "marks", "digest")),
    Harmless("kernel.Source", "adresse et licence d’un document", ("url", "licence")),
    Harmless("kernel.DatedValue", "règles et leurs sources", ("key", "label", "unit")),
    Harmless("kernel.SentForm", "empreintes sous clé, gardées une semaine", ("key", "body", "made_type")),
    Harmless("kernel.Erasure", "des nombres par sujet", ("counts",)),
    Harmless(
        "django_tasks_database.DBTaskResult",
        _OURS,
        ("status", "task_path", "worker_ids", "queue_name", "backend_name", "exception_class_path"),
    ),
    Harmless("contenttypes.ContentType", _OURS, ("app_label", "model")),
    Harmless("auth.Permission", _OURS, ("name", "codename")),
    Harmless("auth.Group", _OURS, ("name",)),
)
