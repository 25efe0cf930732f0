from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.directory.models import Term
from maillage.needs.enums import ThemeState
from maillage.needs.models import Theme
from maillage.needs.queries.published import ALONE, Asked
from maillage.territories.models import Epci


class NeedFilters(forms.Form):
    """The filters of the list, read from its address; what is not known filters nothing."""

    theme = forms.ChoiceField(label="Thème", required=False)
    cc = forms.ChoiceField(label="Communauté de communes (CC)", required=False)
    etat = forms.ChoiceField(label="Où il en est", required=False)
    sujet = forms.ChoiceField(label="Sujet", required=False)

    def __init__(self, data: Any, *, themes: Iterable[Theme], epcis: Iterable[Epci], topics: Iterable[Term]) -> None:
        super().__init__(data, auto_id="filtre_%s")
        self._choose("theme", [("", "Tous"), *((one.slug, one.title) for one in themes)])
        self._choose("cc", [("", "Toutes"), *((one.siren, one.short_name) for one in epcis)])
        self._choose("sujet", [("", "Tous"), *((one.code, one.label) for one in topics)])
        self._choose("etat", [("", "Partout"), (ALONE, "Pas encore regroupé"), *ThemeState.choices])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What the address asks for, wrong values left out."""
        self.is_valid()
        said = self.cleaned_data
        return Asked(
            theme=said.get("theme", ""), cc=said.get("cc", ""), state=said.get("etat", ""),
            topic=said.get("sujet", ""),
        )  # fmt: skip
