"""Filters of the list, and what an editor types of a theme."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from maillage.content.actions.hubs import LONGEST
from maillage.content.enums import Reader, ResourceType
from maillage.content.models import Hub
from maillage.strategy.models import Measure


class ResourceFilters(forms.Form):
    """The filters of the list, as its address holds them; `queries.Asked` reads the address itself."""

    q = forms.CharField(label="Mots", required=False, max_length=60)
    nature = forms.ChoiceField(label="Nature", required=False, choices=[("", "Toutes"), *ResourceType.choices])
    public = forms.ChoiceField(label="Pour qui", required=False, choices=[("", "Tout le monde"), *Reader.choices])
    sujet = forms.ChoiceField(label="Thème", required=False)

    def __init__(self, data: Any, *, themes: dict[str, str]) -> None:
        super().__init__(data, auto_id="filtre_%s")
        self.fields["sujet"].choices = [("", "Tous"), *themes.items()]  # type: ignore[attr-defined]


class HubForm(forms.Form):
    """The head of a theme's page."""

    introduction = forms.CharField(
        label="Introduction", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Une ligne vide sépare deux paragraphes. Rien d’écrit\u00a0: la page montre la définition du thème.",
    )  # fmt: skip
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(), label="Mesures de la stratégie", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Celles que ce thème sert à mener. La page les montre avec leur état.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, hub: Hub | None, measures: QuerySet[Measure]) -> None:
        shown = {"introduction": hub.introduction, "measures": list(hub.measures.all())} if hub else {}
        super().__init__(data, initial=shown)
        cast("forms.ModelMultipleChoiceField[Measure]", self.fields["measures"]).queryset = measures
