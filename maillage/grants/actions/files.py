"""Keep the documents of a grant: signed copies of its agreement, proofs of a payment and of a report; remove one.

Words: a *holder's copy* is signed by the organisation, a *signed copy* by everybody. Neighbours: `kernel.uploads`
cleaned the document, `kernel.kept_files` holds it; the journal says which document by its number, never what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from maillage.accounts.models import User
from maillage.calls.queries.own import people_of
from maillage.grants.actions.agreeing import check_person, check_signing_day, hold_award
from maillage.grants.actions.refusal import GrantRefused
from maillage.grants.enums import SIGNED_COPIES, FileKind
from maillage.grants.models import Agreement, GrantFile, Instalment
from maillage.grants.models.file import FOLDER
from maillage.grants.phrases import files as phrases
from maillage.kernel import kept_files
from maillage.kernel.actions import journal
from maillage.kernel.uploads import CheckedDocument
from maillage.kernel.uploads.refusal import MEGABYTE
from maillage.outbox import actions as outbox
from maillage.outbox.notices import CONDEMNED

MOST_MEGABYTES = 100


@dataclass(frozen=True)
class Sent:
    """A document and what it is for. signed_on: the day that a signed copy bears; instalment: the payment it proves."""

    kind: FileKind
    document: CheckedDocument
    label: str = ""
    signed_on: date | None = None
    instalment: Instalment | None = None


def add_grant_file(*, agreement: Agreement, sent: Sent, by: User, at: datetime) -> GrantFile:
    """Keep a document; the same one sent twice is one. A holder's copy says when the organisation signed.

    Raises GrantRefused; no row and no file is left then.
    """
    same = GrantFile.objects.filter(agreement=agreement, kind=sent.kind)
    try:
        kept = kept_files.keep_file(sent.document.content, folder=FOLDER, extension=sent.document.extension)
    except kept_files.NoRoom as error:
        raise GrantRefused(error.phrase) from error
    try:
        with transaction.atomic():
            check_person(agreement.decision, by)
            hold_award(agreement)
            agreement.refresh_from_db()
            _check(agreement, sent, kept.size, at)
            known = same.filter(sha256=kept.sha256).first()
            if known is not None:
                kept_files.drop_file(kept.name)
                return known
            made = GrantFile.objects.create(
                agreement=agreement, kind=sent.kind, instalment=sent.instalment, signed_on=sent.signed_on,
                label=sent.label.strip(), name=_name(sent), file=kept.name, sha256=kept.sha256, size=kept.size,
                scanned_at=at if sent.document.is_scanned else None, added_at=at, added_by=by,
            )  # fmt: skip
            if sent.kind == FileKind.HOLDER_COPY:
                Agreement.objects.filter(pk=agreement.pk).update(holder_signed_on=sent.signed_on)
            journal(verb="add_grant_file", target=made, changes={}, by=by, at=at)
    except (GrantRefused, IntegrityError) as error:  # anything else may be committed: the sweeper looks tomorrow
        kept_files.drop_file(kept.name)
        if isinstance(error, IntegrityError):
            raise GrantRefused(phrases.SENT_MEANWHILE) from error
        raise
    return made


def _check(agreement: Agreement, sent: Sent, size: int, at: datetime) -> None:
    report = agreement.written
    if sent.kind in SIGNED_COPIES:
        if sent.signed_on is None:
            raise GrantRefused(phrases.SAY_SIGNED_ON, "signed_on")
        check_signing_day(agreement, sent.signed_on, at, "signed_on")
    elif agreement.signed_on is None:
        raise GrantRefused(phrases.NOT_SIGNED)
    if sent.kind == FileKind.HOLDER_COPY and agreement.signed_on is not None:
        raise GrantRefused(phrases.SIGNED_BY_ALL)
    if sent.kind == FileKind.PAYMENT and (sent.instalment is None or sent.instalment.agreement_id != agreement.pk):
        raise GrantRefused(phrases.WHICH_PAYMENT)
    if sent.kind == FileKind.REPORT and report is not None and report.accepted_at is not None:
        raise GrantRefused(phrases.REPORT_ACCEPTED)
    held = GrantFile.objects.filter(agreement=agreement).aggregate(total=Sum("size"))["total"] or 0
    if held + size > MOST_MEGABYTES * MEGABYTE:
        raise GrantRefused(phrases.FULL.format(most=MOST_MEGABYTES))


def _name(sent: Sent) -> str:
    """A name of ours: the one that came with the file is not kept."""
    return f"{(sent.label.strip() or str(FileKind(sent.kind).label))[:100]}.{sent.document.extension}"


def remove_grant_file(*, file: GrantFile, by: User, at: datetime, why: str = "") -> None:
    """Erase a document. Its people take back what nobody leaned on yet; the team anything, saying why.

    Raises GrantRefused: gone already, a payment was made or a report handed in since.
    """
    with transaction.atomic():
        found = GrantFile.objects.select_related("agreement__report", "instalment").filter(pk=file.pk).first()
        if found is None:
            raise GrantRefused(phrases.GONE)
        check_person(found.agreement.decision, by)
        if not why.strip() and not found.is_free:
            raise GrantRefused(phrases.USED)
        name = found.file.name
        if found.kind == FileKind.HOLDER_COPY and found.agreement.signed_on is None:
            Agreement.objects.filter(pk=found.agreement_id).update(holder_signed_on=None)
        journal(verb="remove_grant_file", target=found, changes={}, by=by, at=at, note=why.strip())
        found.delete()
        transaction.on_commit(lambda: kept_files.drop_file(name))


def condemn_grant_file(file: GrantFile, at: datetime) -> None:
    """Erase a document that the antivirus knows, whatever was built on it, and tell the people of the grant.

    Nothing when it is gone.
    """
    with transaction.atomic():
        rows = GrantFile.objects.select_for_update(of=("self",)).filter(pk=file.pk)
        found = rows.select_related("agreement__decision__application").first()
        if found is None:
            return
        application, name = found.agreement.decision.application, found.file.name
        facts = {"name": found.name, "where": phrases.FILE_OF.format(project=application.title),
                 "path": reverse("grants:grant", args=[application.reference])}  # fmt: skip
        for person in people_of(application):
            outbox.post(kind=CONDEMNED, to=person, about=application, facts=facts, at=at)
        journal(verb="condemn_grant_file", target=found, changes={}, by=None, at=at)
        found.delete()
        transaction.on_commit(lambda: kept_files.drop_file(name))


def note_grant_file_read(*, file: GrantFile, by: User, at: datetime) -> None:
    """Write down that somebody took a document."""
    journal(verb="read_grant_file", target=file, changes={}, by=by, at=at)


def forget_files(agreement: Agreement) -> None:
    """Erase its files once the transaction that removes the agreement commits."""
    for name in agreement.files.order_by("pk").values_list("file", flat=True):
        transaction.on_commit(lambda name=name: kept_files.drop_file(name))  # type: ignore[misc]


def remove_stray_files(*, at: datetime) -> int:
    """Remove the files of documents that no row names; how many."""
    named = GrantFile.objects.values_list("file", flat=True)
    return kept_files.remove_stray_files(folder=FOLDER, named=named, at=at)
