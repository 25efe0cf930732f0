"""The filters of the public list of grants, read from its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property

from maillage.directory.models import Organisation
from maillage.grants.queries.published import Asked, Choices, helped_organisation


class GrantFilters(forms.Form):
    """What may be chosen is what some grant has; anything else is as if it were not asked."""

    annee = forms.ChoiceField(label="Année", required=False)
    par = forms.ChoiceField(label="Accordées par", required=False)
    dispositif = forms.ChoiceField(label="Dispositif", required=False)
    commune = forms.ChoiceField(label="Commune", required=False)
    theme = forms.ChoiceField(label="Thème", required=False)
    structure = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, offered: Choices) -> None:
        super().__init__(data)
        self.organisation: Organisation | None = None
        lists = {
            "annee": ("Toutes", offered.years), "par": ("Toutes les autorités", offered.authorities),
            "dispositif": ("Tous", offered.schemes), "commune": ("Toutes", offered.communes),
            "theme": ("Tous", offered.themes),
        }  # fmt: skip
        for name, (every, pairs) in lists.items():
            self.fields[name].choices = [("", every), *pairs]  # type: ignore[attr-defined]

    def clean_structure(self) -> str:
        said: str = self.cleaned_data["structure"]
        self.organisation = helped_organisation(said) if said else None
        return said if self.organisation else ""

    @cached_property
    def asked(self) -> Asked:
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        numbers = {
            key: int(said[name]) if said.get(name) else None
            for key, name in (("year", "annee"), ("authority", "par"), ("scheme", "dispositif"), ("theme", "theme"))
        }
        organisation = self.organisation.pk if self.organisation else None
        return Asked(**numbers, commune=said.get("commune") or None, organisation=organisation)
