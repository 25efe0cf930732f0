"""In whose name one asks; which organisation is invited; a document of a piece."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.directory.models import Organisation
from maillage.kernel.uploads import CheckedDocument, UploadRefused, check_document
from maillage.kernel.uploads.documents import MEDIA_TYPES


class ApplyForm(forms.Form):
    """For which of one's organisations."""

    organisation = forms.ChoiceField(label="Pour quelle structure\u202f?", widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, organisations: list[Organisation]) -> None:
        initial = {"organisation": str(organisations[0].pk)} if len(organisations) == 1 else {}
        super().__init__(data, initial=initial)
        self.known = {str(one.pk): one for one in organisations}
        self.fields["organisation"].choices = [(key, one.name) for key, one in self.known.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Organisation:
        return self.known[self.cleaned_data["organisation"]]


class DocumentForm(forms.Form):
    """One document for one piece."""

    document = forms.FileField(
        label="Le fichier", allow_empty_file=True,
        error_messages={"required": "Choisissez un fichier.", "missing": "Choisissez un fichier."},
        help_text="PDF, photo, Word, Excel ou LibreOffice, jusqu’à 10\u00a0Mo.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(MEDIA_TYPES.values())}),
    )  # fmt: skip

    def clean_document(self) -> CheckedDocument:
        """What may be kept of it."""
        try:
            return check_document(self.cleaned_data["document"])
        except UploadRefused as refusal:
            raise forms.ValidationError(refusal.phrase) from refusal


class InviteForm(forms.Form):
    """The organisation that was found, and what it would do."""

    organisation = forms.IntegerField(widget=forms.HiddenInput)
    part = forms.CharField(label="Son rôle dans le projet", max_length=200, required=False)
