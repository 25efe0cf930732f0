"""What people say of a file they import: where it comes from, how it is read, what each column holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from maillage.directory.imports import TARGETS
from maillage.directory.models import ImportRun

LARGEST_FILE = 100 * 1024 * 1024
ENCODINGS = [
    ("", "À deviner"),
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows (cp1252)"),
    ("utf-16", "UTF-16"),
    ("mac_roman", "Ancien Mac"),
]
SEPARATORS = [
    ("", "À deviner"),
    (";", "Point-virgule"),
    (",", "Virgule"),
    ("\t", "Tabulation"),
    ("|", "Barre verticale"),
]


class FileForm(forms.Form):
    """A file and the name of its source."""

    label = forms.CharField(
        label="D’où vient ce fichier ?",
        max_length=200,
        help_text="Par exemple : Associations de Péronne. Gardez le même nom pour la prochaine livraison.",
    )
    file = forms.FileField(label="Fichier CSV ou XLSX", help_text="Tel que vous l’avez, jusqu’à 100 Mo.")
    encoding = forms.ChoiceField(label="Encodage", choices=ENCODINGS, required=False)
    separator = forms.ChoiceField(label="Séparateur", choices=SEPARATORS, required=False)

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError("Ce fichier dépasse 100 Mo : coupez-le en plusieurs.")
        return file


class ColumnsForm(forms.Form):
    """One choice for each column of the file: what it holds, or nothing."""

    def __init__(self, data: Any, *, run: ImportRun) -> None:
        super().__init__(data)
        self.titles: list[str] = run.cursor.get("titles", [])
        self.samples: dict[str, list[str]] = run.cursor.get("samples", {})
        choices = [("", "Ne pas lire"), *((target.code, target.label) for target in TARGETS)]
        for rank, title in enumerate(self.titles):
            self.fields[f"column_{rank}"] = forms.ChoiceField(
                label=title, choices=choices, required=False, initial=run.columns.get(title, "")
            )

    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        return [(self[f"column_{rank}"], self.samples.get(title, [])) for rank, title in enumerate(self.titles)]

    def columns(self) -> dict[str, str]:
        """{title: what it holds}, unread columns absent."""
        read = ((title, self.cleaned_data[f"column_{rank}"]) for rank, title in enumerate(self.titles))
        return {title: code for title, code in read if code}
