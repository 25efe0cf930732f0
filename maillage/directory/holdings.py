"""What the directory keeps of people: contacts of organisations, and what imported files may bring."""

from __future__ import annotations

import zipfile
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from maillage.directory.actions import revise_organisation
from maillage.directory.models import ImportRun
from maillage.kernel.actions import name_source
from maillage.kernel.models import Source
from maillage.kernel.personal import Basis, Erasing, Harmless, Holding, Person, Term, by_address, by_user

_CONTACT = {"email": "", "phone": "", "contact_consent_at": None, "contact_consent_note": ""}
_OVER = (ImportRun.State.DONE, ImportRun.State.UNDONE, ImportRun.State.REFUSED, ImportRun.State.FAILED)


def _take_contact_back(organisations: QuerySet[Any], person: Person, at: datetime) -> int:
    """The sheet loses its contact as by a person's hand, so that no import brings it back."""
    done = 0
    for organisation in organisations:
        source = name_source(kind=Source.Kind.PERSON, title="Une personne", reference="effacée-contact", on=at.date())
        done += bool(revise_organisation(organisation=organisation, facts=_CONTACT, source=source, by=None, at=at))
    return done


def _files_that_name(runs: QuerySet[Any], person: Person, at: datetime) -> int:
    """Imports whose file or preview holds an address of the person lose both; the journal can still undo them."""
    done = 0
    for run in runs.iterator(chunk_size=50):
        told = f"{run.report}{run.differences}".lower()
        if any(address in told for address in person.addresses) or _file_names(run, person):
            done += _empty(run)
    return done


def _file_names(run: ImportRun, person: Person) -> bool:
    wanted = [address.encode() for address in person.addresses]
    if not run.file or not run.file.storage.exists(str(run.file.name)):
        return False
    with run.file.open("rb") as stored:
        if zipfile.is_zipfile(stored):
            with zipfile.ZipFile(stored) as book:
                return any(word in book.read(name).lower() for name in book.namelist() for word in wanted)
        stored.seek(0)
        # Lines, not blocks: an address does not run over the end of a line.
        return any(word in line.lower() for line in stored for word in wanted)


def _empty(run: ImportRun) -> int:
    if run.file:
        storage, name = run.file.storage, str(run.file.name)
        transaction.on_commit(lambda: storage.delete(name))
    return ImportRun.objects.filter(pk=run.pk).update(file="", report=[], differences=[])


def _old_files(runs: QuerySet[Any], at: datetime) -> int:
    return sum(_empty(run) for run in runs)


PERSONAL = (
    Holding(
        title="Contact publié d’une structure",
        model="directory.Organisation",
        fields=("name", "email", "phone", "contact_consent_at", "contact_consent_note"),
        purpose="joindre une structure, avec son accord",
        basis=Basis.CONSENT,
        term=Term("", "aussi longtemps que la structure le laisse sur sa fiche"),
        of=by_address("email"),
        erasing=Erasing.BLANK,
        why="la fiche de la structure reste, sans ce contact",
        address="email",
        erase=_take_contact_back,
    ),
    Holding(
        title="Imports que vous avez lancés",
        model="directory.ImportRun",
        fields=("label", "started_by", "started_at", "forced_reason"),
        purpose="savoir qui a lancé un import, et pouvoir le défaire",
        basis=Basis.PUBLIC_TASK,
        term=Term("term.account_inactive", "depuis la dernière connexion, avec le compte"),
        of=by_user("started_by"),
        erasing=Erasing.BLANK,
        why="l’import reste, sans votre nom",
        blank={"started_by": None},
    ),
    Holding(
        title="Fichiers importés",
        model="directory.ImportRun",
        fields=("file", "report", "differences"),
        purpose="mettre à jour l’annuaire et pouvoir reprendre un import coupé",
        basis=Basis.PUBLIC_TASK,
        term=Term(
            "term.import_file",
            "depuis la fin de l’import",
            lambda limit: (
                Q(finished_at__lt=limit, state__in=_OVER) & (~Q(file="") | ~Q(report=[]) | ~Q(differences=[]))
            ),
        ),
        of=None,
        why="un fichier qui porte votre adresse est effacé en entier",
        erase=_files_that_name,
        outlive=_old_files,
    ),
)
_FACTS = "faits publics d’une structure"
_OURS = "nos mots, pas ceux de quelqu’un"
HARMLESS = (
    Harmless("directory.Term", _OURS, ("code", "label", "definition")),
    Harmless(
        "directory.Organisation", _FACTS,
        (
            "slug", "name_key", "acronym", "legal_name", "siren", "rna", "legal_form", "naf_code", "description",
            "activities", "services", "served_area", "website", "picture_alt", "picture_credit", "ess_reason",
            "ess_note", "headcount_note", "sources",
        ),
    ),
    Harmless("directory.DuplicatePair", _OURS, ("reason",)),
    Harmless(
        "directory.Establishment", _FACTS,
        ("siret", "name", "address", "postal_code", "place_label", "opening_hours", "sources"),
    ),
    Harmless("directory.Flag", _OURS, ("message",)),
    Harmless("directory.ColumnMapping", "titres de colonnes", ("header_key", "label", "columns")),
    Harmless(
        "directory.ImportRun", "avancement et empreintes",
        ("file_digest", "columns", "counts", "stage", "written", "cursor"),
    ),
    Harmless("directory.ImportedKey", "empreintes de lignes", ("series", "key")),
    Harmless("directory.Qualification", _FACTS, ("number", "evidence")),
    Harmless("directory.FormerSlug", _FACTS, ("slug",)),
)  # fmt: skip
