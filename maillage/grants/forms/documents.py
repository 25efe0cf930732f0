"""A document of a grant as it is sent: by its people, or by the team (`office`)."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.accounts.forms import day_input
from maillage.grants.actions import Sent
from maillage.grants.enums import FileKind
from maillage.grants.models import Instalment
from maillage.kernel.uploads import CheckedDocument, UploadRefused, check_document
from maillage.kernel.uploads.documents import MEDIA_TYPES


def document_field() -> forms.FileField:
    return forms.FileField(
        label="Le fichier", allow_empty_file=True,
        error_messages={"required": "Choisissez un fichier.", "missing": "Choisissez un fichier."},
        help_text="PDF, photo, Word, Excel ou LibreOffice, jusqu’à 10\u00a0Mo.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(MEDIA_TYPES.values())}),
    )  # fmt: skip


def checked_document(sent: Any) -> CheckedDocument:
    """What may be kept of it. Raises ValidationError."""
    try:
        return check_document(sent)
    except UploadRefused as refusal:
        raise forms.ValidationError(refusal.phrase) from refusal


class OwnFileForm(forms.Form):
    """A document that the people of a grant send: what it is comes from where they send it."""

    document = document_field()
    label = forms.CharField(label="Ce que c’est (facultatif)", max_length=100, required=False)
    signed_on = forms.DateField(label="Signé le", widget=day_input(), required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, kind: FileKind, instalment: Instalment | None = None
    ) -> None:  # fmt: skip
        super().__init__(data, files, auto_id=f"{kind}{instalment.pk if instalment else ''}-%s")
        self.kind, self.instalment = kind, instalment
        del self.fields["label" if kind == FileKind.HOLDER_COPY else "signed_on"]

    def clean_document(self) -> CheckedDocument:
        return checked_document(self.cleaned_data["document"])

    @property
    def sent(self) -> Sent:
        said = self.cleaned_data
        return Sent(self.kind, said["document"], said.get("label", ""), said.get("signed_on"), self.instalment)
