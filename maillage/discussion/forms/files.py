from __future__ import annotations

from typing import Any

from django import forms

from maillage.discussion.actions.filing import name_of
from maillage.kernel.uploads import CheckedDocument, UploadRefused, check_document
from maillage.kernel.uploads.documents import MEDIA_TYPES


class NewerFileForm(forms.Form):
    """A newer state of a file."""

    document = forms.FileField(
        label="Le fichier", allow_empty_file=True,
        error_messages={"required": "Choisissez un fichier.", "missing": "Choisissez un fichier."},
        help_text="PDF, photo, Word, Excel ou LibreOffice, jusqu’à 10 Mo. Sans mot de passe ni macro.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(MEDIA_TYPES.values())}),
    )  # fmt: skip

    def clean_document(self) -> CheckedDocument:
        """What may be kept of it."""
        given = self.cleaned_data["document"]
        self.given_name = str(given.name or "")
        try:
            return check_document(given)
        except UploadRefused as refusal:
            raise forms.ValidationError(refusal.phrase) from refusal


class FileForm(NewerFileForm):
    """A new file of a circle."""

    name = forms.CharField(label="Son nom", max_length=120, required=False, help_text="Sans nom, celui du fichier.")
    is_public = forms.BooleanField(
        label="Tout le monde peut le prendre, depuis la page publique", required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["is_public"]

    def facts(self) -> dict[str, Any]:
        """Arguments of `add_file`."""
        said = self.cleaned_data
        return {
            "name": said["name"].strip() or name_of(self.given_name), "document": said["document"],
            "is_public": said.get("is_public", False),
        }  # fmt: skip
