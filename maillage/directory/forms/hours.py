"""The field in which people write opening hours with their own words."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.directory.opening_words import EXAMPLE, HoursUnread, in_osm, in_words


class OpeningHoursField(forms.CharField):
    """Shows French and takes French, keeps OpenStreetMap's syntax; that syntax may be typed as well.

    kept: what the sheet says already. Left as it is, it stays so, even when nobody can read it (an import brought it).
    """

    kept = ""

    def __init__(self, **words: Any) -> None:
        hint = f"Avec vos mots, par exemple\u00a0: {EXAMPLE}."
        super().__init__(**{"label": "Horaires", "max_length": 255, "required": False, "help_text": hint, **words})

    def prepare_value(self, value: Any) -> Any:
        return in_words(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if text and text in {self.kept, in_words(self.kept)}:
            return self.kept
        try:
            return in_osm(text)
        except HoursUnread as refusal:
            raise forms.ValidationError(refusal.phrase) from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Are they other hours? Other words for the same ones change nothing."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except forms.ValidationError:
            return True


def keep_hours(field: forms.Field, hours: str | None) -> None:
    """Tell the field of a form what the sheet says already."""
    assert isinstance(field, OpeningHoursField)
    field.kept = hours or ""
