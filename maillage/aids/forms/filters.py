from __future__ import annotations

from typing import Any

from django import forms

from maillage.aids.enums import AidType, Audience, Stage
from maillage.aids.matching import Seeker
from maillage.aids.queries.places import places_of_commune
from maillage.aids.queries.published import DEADLINES, ENDED, theme_labels, today
from maillage.territories.models import Commune
from maillage.territories.queries import epcis_of, home_territory, home_towns

Choices = list[tuple[str, str]]
MOST_EUROS = 2_000_000_000


class AidFilters(forms.Form):
    """The filters of the catalogue, as its address holds them; `queries.Asked` reads the address itself."""

    q = forms.CharField(label="Mots", required=False, max_length=60)
    public = forms.ChoiceField(label="Pour qui", required=False, choices=[("", "Tout le monde"), *Audience.choices])
    sujet = forms.ChoiceField(label="Sujet", required=False)
    etape = forms.ChoiceField(label="Où en est le projet", required=False, choices=[("", "Partout"), *Stage.choices])
    apporte = forms.ChoiceField(label="Ce qu’elle apporte", required=False, choices=[("", "Tout"), *AidType.choices])
    lieu = forms.ChoiceField(label="Où", required=False)
    echeance = forms.ChoiceField(label="Date limite", required=False, choices=[("", "Toutes"), *DEADLINES.items()])
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Ouvertes"), (ENDED, "Finies")])

    def __init__(self, data: Any, *, themes: dict[str, str]) -> None:
        super().__init__(data, auto_id="filtre_%s")
        home = home_territory()
        epcis = [(one.siren, one.short_name) for one in epcis_of(home)] if home else []
        self.fields["sujet"].choices = [("", "Tous"), *themes.items()]  # type: ignore[attr-defined]
        self.fields["lieu"].choices = [("", "Partout"), *epcis, *home_towns()]  # type: ignore[attr-defined]


class PossibleForm(forms.Form):
    """Five short questions, in the address; nothing of them is kept. What is not answered counts against no aid."""

    public = forms.ChoiceField(label="Qui demande\u202f?", required=False)
    commune = forms.ChoiceField(label="Dans quelle commune\u202f?", required=False)
    sujet = forms.MultipleChoiceField(
        label="Sur quoi porte le projet\u202f?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Un ou plusieurs sujets.",
    )  # fmt: skip
    etape = forms.ChoiceField(
        label="Où en est-il\u202f?", required=False, choices=[("", "Je ne sais pas"), *Stage.choices]
    )
    montant = forms.IntegerField(
        label="Combien cherchez-vous, en euros\u202f?", required=False, min_value=1, max_value=MOST_EUROS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Un ordre de grandeur. Par exemple\u00a0: 12000.",
        error_messages={
            "invalid": "Écrivez un nombre entier d’euros, par exemple 12000.",
            "min_value": "Écrivez un nombre entier d’euros, par exemple 12000.",
            "max_value": "Ce montant est trop grand\u00a0: vérifiez-le.",
        },
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_%s")
        self._choose("public", [("", "Je ne sais pas encore"), *Audience.choices])
        self._choose("commune", [("", "Je ne sais pas encore"), *home_towns()])
        self._choose("sujet", list(theme_labels().items()))

    def _choose(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def seeker(self) -> Seeker:
        """Who asks, by what is well answered; a wrong answer counts as none. One query with a commune."""
        self.is_valid()
        said = self.cleaned_data
        commune = Commune.objects.filter(pk=said.get("commune") or "").first()
        return Seeker(
            on=today(), audience=said.get("public", ""), themes=frozenset(said.get("sujet", ())),
            places=places_of_commune(commune) if commune else frozenset(), stage=said.get("etape", ""),
            amount=said.get("montant"),
        )  # fmt: skip
