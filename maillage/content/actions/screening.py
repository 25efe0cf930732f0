"""Documents of the page editor and the antivirus: looked at when they come, held until then, erased when it knows them.

Neighbours: `backoffice.document_form` asks it before anything is written; `kernel.actions.scanning` later, through the
quarantine of the manifest.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.urls import reverse
from wagtail.documents.models import Document

from maillage.content import phrases
from maillage.content.models import Resource, Screening
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox
from maillage.outbox.notices import CONDEMNED


def note_screening(*, document: Document, content: bytes, scanned_at: datetime | None) -> Screening:
    """This file is the document's now, and was looked at then (None: not yet). With the save of the document."""
    found = {"sha256": sha256(content).hexdigest(), "scanned_at": scanned_at}
    row, _ = Screening.objects.update_or_create(document=document, defaults=found)
    return row


def condemn_document(screening: Screening, at: datetime) -> None:
    """Erase a document that the antivirus knows, tell whoever sent it, and ask for another on what handed it out.

    Nothing when it is gone, or another file has taken its place.
    """
    with transaction.atomic():
        rows = Screening.objects.select_for_update(of=("self",)).select_related("document__uploaded_by_user")
        row = rows.filter(pk=screening.pk, sha256=screening.sha256).first()
        if row is None:
            return
        document, sender = row.document, row.document.uploaded_by_user
        if sender is not None and sender.is_active:
            facts = {"name": document.title, "where": phrases.OUR_DOCUMENTS, "path": reverse("wagtaildocs:index")}
            outbox.post(kind=CONDEMNED, to=sender, about=document, facts=facts, at=at)
        for resource in Resource.objects.filter(document=document).order_by("pk"):
            outbox.open_to_do(
                title=phrases.CONDEMNED_FILE.format(title=resource.title[:110]), about=resource, at=at,
                once_key=f"content.condemned:{resource.pk}:{document.pk}",
            )  # fmt: skip
        journal(verb="condemn_document", target=document, changes={}, by=None, at=at)
        document.delete()  # Wagtail erases the file once this is committed


def _saved(instance: Any, **_: Any) -> None:
    # The form leaves what it saw beside the document, since Wagtail saves it in several ways.
    seen = instance.__dict__.pop("screened", None)
    if seen is not None:
        note_screening(document=instance, content=seen[0], scanned_at=seen[1])
    else:
        # Brought by another door: nobody has looked.
        Screening.objects.get_or_create(document=instance)


def listen() -> None:
    """Once, when the room is ready."""
    post_save.connect(_saved, sender=Document, dispatch_uid="content.screening")
