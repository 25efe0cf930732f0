"""The workbook of the plan, given back."""

from __future__ import annotations

from typing import Any

from django import forms

LARGEST_BYTES = 3_000_000


class BookForm(forms.Form):
    """One XLSX file."""

    file = forms.FileField(
        label="Le classeur de la stratégie (XLSX)",
        error_messages={"required": "Choisissez un classeur.", "empty": "Ce fichier est vide."},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError("Ce fichier dépasse 3 Mo\u00a0: ce n’est pas un plan exporté d’ici.")
        return file


class AddMeasureForm(forms.Form):
    """A measure that the document does not have."""

    axis = forms.TypedChoiceField(label="Axe", coerce=int)
    title = forms.CharField(label="Titre", max_length=200)
    summary = forms.CharField(
        label="En bref", max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, axes: list[tuple[int, str]]) -> None:
        super().__init__(data)
        choices = [(number, f"{number}. {title}") for number, title in axes]
        self.fields["axis"].choices = choices  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    """Other words for a measure that the team added."""

    title = forms.CharField(label="Titre", max_length=200)
    summary = forms.CharField(
        label="En bref", max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
