"""Keep, replace, hand out and remove the documents of an organisation's private profile.

Words: the *quota* is what one organisation may keep in all. Neighbours: `kernel.uploads` cleans what was sent,
`kernel.kept_files` holds it; the journal says which document, by its number, and never what it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel import kept_files
from maillage.kernel.actions import journal
from maillage.kernel.uploads import CheckedDocument
from maillage.kernel.uploads.refusal import MEGABYTE
from maillage.outbox import actions as outbox
from maillage.outbox.notices import CONDEMNED
from maillage.space.enums import AttachmentKind, Part
from maillage.space.models import Attachment, Membership
from maillage.space.models.attachment import FOLDER, SOON

QUOTA_BYTES = 50 * MEGABYTE
EXPIRING = "space.attachment_expiring"
_LATE = timedelta(days=7)
_FULL = "Votre profil est plein\u00a0: 50\u00a0Mo en tout. Retirez une pièce qui ne sert plus, puis recommencez."
_THERE = "Ce document est déjà dans votre profil."
_GONE = "Cette pièce n’est plus là\u00a0: quelqu’un de votre structure vient de la retirer ou de la remplacer."


class AttachmentRefused(Exception):
    """The document is not kept; `phrase` says why and what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def add_attachment(
    *,
    organisation: Organisation,
    kind: AttachmentKind,
    document: CheckedDocument,
    document_date: date,
    by: User | None,
    at: datetime,
    label: str = "",
    expires_on: date | None = None,
) -> Attachment:
    """Keep a document. Raises AttachmentRefused; no row and no file is left then."""
    kept = _keep(document)
    try:
        with transaction.atomic():
            _make_room(organisation, kept, leaving=0)
            attachment = Attachment.objects.create(
                organisation=organisation, kind=kind, label=label.strip(), file=kept.name,
                sha256=kept.sha256, size=kept.size, document_date=document_date,
                expires_on=expires_on, scanned_at=at if document.is_scanned else None, added_at=at, added_by=by,
            )  # fmt: skip
            journal(verb="add_attachment", target=attachment, changes={}, by=by, at=at)
    except AttachmentRefused:  # anything else may have been committed: the sweeper looks at it tomorrow
        kept_files.drop_file(kept.name)
        raise
    return attachment


def replace_attachment(
    *,
    attachment: Attachment,
    document: CheckedDocument,
    document_date: date,
    expires_on: date | None,
    by: User,
    at: datetime,
) -> Attachment:
    """Put a newer document in the place of this one, whose file is erased. Raises AttachmentRefused; it stays then."""
    kept = _keep(document)
    try:
        with transaction.atomic():
            held = _held(attachment)
            _make_room(held.organisation, kept, leaving=held.size)
            before = held.file.name
            held.file, held.sha256, held.size = kept.name, kept.sha256, kept.size
            held.document_date, held.expires_on = document_date, expires_on
            held.scanned_at, held.added_at, held.added_by = at if document.is_scanned else None, at, by
            held.save()
            journal(verb="replace_attachment", target=held, changes={}, by=by, at=at)
            transaction.on_commit(lambda: kept_files.drop_file(before))
    except AttachmentRefused:
        kept_files.drop_file(kept.name)
        raise
    return held


def remove_attachment(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Erase a document. Raises AttachmentRefused when it is gone already."""
    with transaction.atomic():
        held = _held(attachment)
        name = held.file.name
        journal(verb="remove_attachment", target=held, changes={}, by=by, at=at)
        held.delete()
        transaction.on_commit(lambda: kept_files.drop_file(name))


def condemn_attachment(attachment: Attachment, at: datetime) -> None:
    """Erase a document that the antivirus knows, and tell the managers; nothing when it is gone or replaced."""
    with transaction.atomic():
        try:
            held = _held(attachment)
        except AttachmentRefused:
            return
        name, organisation = held.file.name, held.organisation
        facts = {"name": held.title, "where": f"le profil de {organisation.name}",
                 "path": reverse("space:profile", args=[organisation.pk])}  # fmt: skip
        for manager in _managers(organisation.pk):
            outbox.post(kind=CONDEMNED, to=manager.user, about=organisation, facts=facts, at=at)
        journal(verb="condemn_attachment", target=held, changes={}, by=None, at=at)
        held.delete()
        transaction.on_commit(lambda: kept_files.drop_file(name))


def note_reading(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Write down that somebody of the organisation took a confidential document."""
    journal(verb="read_attachment", target=attachment, changes={}, by=by, at=at)


def tell_expiring(*, at: datetime) -> int:
    """Tell managers which documents expire: thirty days before, then on the day; each once. How many lines were posted.

    A day when the worker did not run is made up for within a week. A newer document has another term: its own turn.
    """
    today = timezone.localdate(at)
    rows = Attachment.objects.filter(expires_on__gte=today - _LATE, expires_on__lte=today + SOON)
    told = 0
    for attachment in rows.order_by("expires_on", "pk"):
        turn = "soon" if attachment.expires_on is not None and attachment.expires_on > today else "day"
        until = f"{attachment.expires_on}"
        for manager in _managers(attachment.organisation_id):
            letter = outbox.post(
                kind=EXPIRING, to=manager.user, about=attachment, facts={"until": until, "turn": turn}, at=at,
                once_key=f"attachment:{attachment.pk}:{until}:{turn}:{manager.user_id}",
            )  # fmt: skip
            told += letter.created_at == at
    return told


def remove_stray_files(*, at: datetime) -> int:
    """Remove the files of documents that no row names; how many."""
    named = Attachment.objects.values_list("file", flat=True)
    return kept_files.remove_stray_files(folder=FOLDER, named=named, at=at)


def _managers(organisation_id: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(organisation=organisation_id, part=Part.MANAGER, user__is_active=True)
    return rows.select_related("user")


def _keep(document: CheckedDocument) -> kept_files.KeptFile:
    try:
        return kept_files.keep_file(document.content, folder=FOLDER, extension=document.extension)
    except kept_files.NoRoom as error:
        raise AttachmentRefused(error.phrase) from error


def _make_room(organisation: Organisation, kept: kept_files.KeptFile, *, leaving: int) -> None:
    """Hold the organisation, so that two documents at once do not pass its quota together."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    held = Attachment.objects.filter(organisation=organisation)
    if held.filter(sha256=kept.sha256).exists():
        raise AttachmentRefused(_THERE)
    if (held.aggregate(total=Sum("size"))["total"] or 0) - leaving + kept.size > QUOTA_BYTES:
        raise AttachmentRefused(_FULL)


def _held(attachment: Attachment) -> Attachment:
    found = Attachment.objects.select_for_update(of=("self",)).filter(pk=attachment.pk, sha256=attachment.sha256)
    held = found.select_related("organisation").first()
    if held is None:
        raise AttachmentRefused(_GONE)
    return held
