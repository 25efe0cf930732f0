from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from maillage.kernel.uploads import CheckedDocument, UploadRefused, check_document
from maillage.kernel.uploads.documents import MEDIA_TYPES
from maillage.space.enums import AttachmentKind


def _day(label: str, *, required: bool, hint: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class AttachmentForm(forms.Form):
    """One document of the profile, with its dates."""

    kind = forms.ChoiceField(label="Quelle pièce\u202f?", choices=[("", "Choisissez"), *AttachmentKind.choices])
    label = forms.CharField(
        label="Son nom", max_length=80, required=False,
        help_text="Pour une autre pièce, ou pour distinguer deux agréments.",
    )  # fmt: skip
    document = forms.FileField(
        label="Le fichier", allow_empty_file=True,
        error_messages={"required": "Choisissez un fichier.", "missing": "Choisissez un fichier."},
        help_text="PDF, photo, Word, Excel ou LibreOffice, jusqu’à 10\u00a0Mo. Sans mot de passe ni macro.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(MEDIA_TYPES.values())}),
    )  # fmt: skip
    document_date = _day("Date du document", required=True, hint="Celle qui est écrite dessus.")
    expires_on = _day(
        "Valable jusqu’au", required=False, hint="S’il expire\u00a0: nous vous écrirons trente jours avant."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_document(self) -> CheckedDocument:
        """What may be kept of it."""
        try:
            return check_document(self.cleaned_data["document"])
        except UploadRefused as refusal:
            raise forms.ValidationError(refusal.phrase) from refusal

    def clean_document_date(self) -> date:
        day: date = self.cleaned_data["document_date"]
        if day > self.today:
            raise forms.ValidationError("Cette date n’est pas encore venue.")
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == AttachmentKind.OTHER and not data.get("label", "").strip():
            self.add_error("label", "Donnez un nom à cette pièce.")
        begun, until = data.get("document_date"), data.get("expires_on")
        if begun and until and until < begun:
            self.add_error("expires_on", "Ce document expirerait avant d’être fait\u00a0: vérifiez les deux dates.")
        return data


class NewerAttachmentForm(AttachmentForm):
    """A newer document in the place of one that is there: its kind and name stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"], self.fields["label"]
