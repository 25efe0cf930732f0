from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.directory.facts import Facts


class GiveBackForm(forms.Form):
    """Which fields get back the value they had, and what the page showed of the sheet."""

    fields_back = forms.MultipleChoiceField(required=False)
    today = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, fields: Iterable[str], today: Facts) -> None:
        super().__init__(data, initial={"today": today})
        self.fields["fields_back"].choices = [(name, name) for name in fields]  # type: ignore[attr-defined]
