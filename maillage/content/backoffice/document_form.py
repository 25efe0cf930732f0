"""The form of every document sent through Wagtail's screens (settings.WAGTAILDOCS_DOCUMENT_FORM_BASE)."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from wagtail.documents.forms import BaseDocumentForm

from maillage.kernel.uploads import UploadRefused, scan
from maillage.kernel.uploads.documents import LARGEST_BYTES
from maillage.kernel.uploads.refusal import read_at_most


class ScreenedDocumentForm(BaseDocumentForm):  # type: ignore[misc]  # Wagtail has no types
    """Refuses what the antivirus knows, before anything is written; what it could not look at will be held."""

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if not isinstance(sent, UploadedFile):  # the title changed, not the file
            return sent
        try:
            content = read_at_most(cast("BinaryIO", sent), LARGEST_BYTES)
            is_scanned = scan(content)
        except UploadRefused as refusal:
            raise forms.ValidationError(refusal.phrase) from refusal
        sent.seek(0)
        self.instance.screened = (content, timezone.now() if is_scanned else None)
        return sent
