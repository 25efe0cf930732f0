"""What people type in the lists of the back office: filters, and a choice of sheets to act on."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.directory.enums import EssVerdict, Family, FlagCode, Status, TermKind
from maillage.directory.models import Organisation, Term
from maillage.kernel.models import Source
from maillage.territories.models import Commune, Epci
from maillage.territories.queries import home_territory

ALL = [("", "Toutes")]
BULK_LIMIT = 500
BULK_VERBS = {
    "publish": ("Publier", Status.PUBLISHED),
    "archive": ("Archiver", Status.ARCHIVED),
    "review": ("Remettre à qualifier", Status.TO_REVIEW),
}


def home_communes() -> list[Commune]:
    """Communes of the territory, by name; one query."""
    home = home_territory()
    return [] if home is None else list(Commune.objects.of_territory(home).select_related("epci").by_name())


class SheetFilters(forms.Form):
    """The filters of the list; a value that no list offers is left aside."""

    q = forms.CharField(label="Nom, SIREN ou SIRET", max_length=100, required=False)
    status = forms.ChoiceField(label="État", choices=[*ALL, *Status.choices], required=False)
    verdict = forms.ChoiceField(label="ESS", choices=[*ALL, *EssVerdict.choices], required=False)
    family = forms.ChoiceField(label="Famille", choices=[*ALL, *Family.choices], required=False)
    sector = forms.ChoiceField(label="Secteur", required=False)
    epci = forms.ChoiceField(label="Communauté de communes", required=False)
    commune = forms.ChoiceField(label="Commune", required=False)
    doubts = forms.ChoiceField(
        label="Doutes",
        choices=[("", "Avec ou sans"), ("any", "Avec un doute"), *FlagCode.choices],
        required=False,
    )
    source = forms.ChoiceField(label="Origine du nom", choices=[*ALL, *Source.Kind.choices], required=False)
    example = forms.ChoiceField(
        label="Données d’exemple",
        choices=[("", "Avec les autres"), ("True", "Seulement elles"), ("False", "Sans elles")],
        required=False,
    )
    tri = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sectors = Term.objects.filter(kind=TermKind.SECTOR).order_by("position", "label")
        self._choices("sector", [(str(term.pk), term.label) for term in sectors])
        self._choices("epci", [(epci.pk, epci.short_name) for epci in Epci.objects.order_by("position", "siren")])
        self._choices("commune", [(commune.pk, commune.name) for commune in home_communes()])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*ALL, *choices]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that stand under « Filtres »."""
        return [self[name] for name in self.fields if name not in {"q", "tri"}]

    @property
    def active_count(self) -> int:
        """How many of the folded filters are set."""
        self.is_valid()
        return sum(bool(self.cleaned_data.get(field.name)) for field in self.folded)

    def wanted(self) -> dict[str, Any]:
        """Clean values; what could not be read is absent."""
        self.is_valid()
        return dict(self.cleaned_data)


class ChosenSheets(forms.Form):
    """Sheets ticked in the list, or all those of its filters, and what to do with them."""

    verb = forms.ChoiceField(choices=[(verb, words) for verb, (words, _) in BULK_VERBS.items()])
    ids = forms.TypedMultipleChoiceField(coerce=int, required=False)
    everything = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, offered: list[int]) -> None:
        super().__init__(data)
        field = self.fields["ids"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(pk), str(pk)) for pk in offered]

    @staticmethod
    def ids_in(values: list[str]) -> list[int]:
        """The numbers among what was posted, that exist; at most BULK_LIMIT."""
        numbers = [int(value) for value in values[:BULK_LIMIT] if value.isascii() and value.isdigit()]
        known = Organisation.objects.not_merged().filter(pk__in=[pk for pk in numbers if pk < 2**63])
        return list(known.by_name().values_list("pk", flat=True))
