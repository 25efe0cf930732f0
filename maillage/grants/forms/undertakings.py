"""Which organisations are one undertaking, as agents type it."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.directory.models import Organisation
from maillage.grants.forms.office import OfficeForm
from maillage.grants.phrases import decisions as phrases
from maillage.grants.queries.undertakings import organisation_of


class JoinForm(OfficeForm):
    """Two numbers of the national registers, and the link between their holders."""

    word = "join"
    first = forms.CharField(label="SIREN (ou RNA) de la première structure", max_length=20)
    second = forms.CharField(label="SIREN (ou RNA) de la structure à lui réunir", max_length=20)
    reason = forms.CharField(
        label="Le lien qui les unit", max_length=300,
        help_text="Par exemple\u00a0: la première détient la majorité des voix de la seconde.",
    )  # fmt: skip
    despite = forms.CharField(
        label="Pourquoi les réunir malgré un plafond dépassé", max_length=300, required=False,
        help_text="Seulement si la plateforme vous dit que le plafond est dépassé.",
    )  # fmt: skip

    def clean_first(self) -> Organisation:
        return self._found("first")

    def clean_second(self) -> Organisation:
        return self._found("second")

    def _found(self, name: str) -> Organisation:
        found = organisation_of(self.cleaned_data[name])
        if found is None:
            raise forms.ValidationError(phrases.NO_ORGANISATION)
        return found

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"organisation": said["second"], "reason": said["reason"], "despite": said["despite"]}


class PartForm(OfficeForm):
    word = "part"
    reason = forms.CharField(label="Pourquoi", max_length=300, help_text="Cela reste dans l’historique.")
