from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst


class Codes(models.JSONField):
    """A list of codes of `choices`, in their order; a form shows them as boxes to tick."""

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            label=capfirst(str(self.verbose_name)), required=not self.blank, choices=self.choices or [],
            widget=forms.CheckboxSelectMultiple, help_text=self.help_text,
        )  # fmt: skip

    def validate(self, value: Any, model_instance: Any) -> None:
        known = dict(self.choices or [])
        if not isinstance(value, list) or any(code not in known for code in value):
            self.choices_refused(value)

    def choices_refused(self, value: Any) -> None:
        raise forms.ValidationError("Choix inconnu.", code="invalid_choice", params={"value": value})
