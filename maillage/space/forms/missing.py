from __future__ import annotations

from typing import Any

from django import forms

from maillage.accounts.strangers import StrangerForm
from maillage.directory.facts import Facts
from maillage.directory.models import Organisation
from maillage.space.forms.ids import PLAIN_IDS
from maillage.space.models import MissingActor
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory
from pipelines.contracts.identifiers import check_siren, check_siret

MAKE, KNOWN, REFUSE = "make", "known", "refuse"
FACTS = ("name", "activities", "website", "phone", "email")


class MissingActorForm(StrangerForm):
    """The few questions that say which organisation the directory lacks; no number is asked for."""

    name = forms.CharField(label="Son nom", max_length=255, error_messages={"required": "Donnez son nom."})
    commune = forms.ChoiceField(
        label="Sa commune",
        required=False,
        help_text="Vous ne savez pas\u202f? Laissez vide\u00a0: nous chercherons.",
        error_messages={"invalid_choice": "Choisissez une commune de la liste, ou « Je ne sais pas »."},
    )
    activities = forms.CharField(
        label="Ce qu’elle fait", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Une phrase suffit. Par exemple\u00a0: elle répare et revend des vélos.",
        error_messages={"required": "Dites en une phrase ce qu’elle fait."},
    )  # fmt: skip
    website = forms.URLField(
        label="Son site internet", max_length=500, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )  # fmt: skip
    phone = forms.CharField(
        label="Un téléphone public", max_length=20, required=False,
        widget=forms.TextInput(attrs={"type": "tel"}), help_text="Celui de la structure, pas celui d’une personne.",
    )  # fmt: skip
    email = forms.EmailField(
        label="Une adresse électronique publique", max_length=254, required=False,
        help_text="Celle de la structure, pas celle d’une personne.",
    )  # fmt: skip
    number = forms.CharField(
        label="Son SIREN ou son SIRET", max_length=20, required=False,
        help_text="Neuf ou quatorze chiffres, si vous les avez sous la main.",
    )  # fmt: skip
    how_known = forms.CharField(
        label="Comment le savez-vous\u202f?", max_length=1_000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Par exemple\u00a0: j’y suis bénévole, j’y suis passée samedi.",
    )  # fmt: skip
    author = forms.CharField(
        label="Votre nom", max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    author_email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Pour savoir ce que devient votre proposition. Elle ne sert à rien d’autre.",
    )  # fmt: skip

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="id_%s", **kwargs)
        home = home_territory()
        towns = Commune.objects.by_name() if home is None else Commune.objects.of_territory(home).by_name()
        choices = [("", "Je ne sais pas"), *towns.values_list("pk", "name")]
        self.fields["commune"].choices = choices  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        """Nine or fourteen digits; "" without any."""
        told = str(self.cleaned_data["number"])
        if not told.strip():
            return ""
        for found in (check_siren(told), check_siret(told)):
            if found.is_valid:
                return found.value
        raise forms.ValidationError("Ce numéro n’existe pas\u00a0: vérifiez ses chiffres, ou laissez la case vide.")

    def facts(self) -> Facts:
        """What is said of the organisation, as facts of a sheet; its commune apart."""
        said: Facts = {name: self.cleaned_data[name].strip() for name in FACTS if self.cleaned_data[name].strip()}
        number = self.cleaned_data["number"]
        if number:
            said["siren"] = number[:9]
        if len(number) == 14:
            said["place.siret"] = number
        return said

    def kept(self) -> list[forms.BoundField]:
        """Every field, to be carried unseen through the step where likely sheets are shown."""
        return [self[name] for name in self.fields]


class MissingDecisionForm(forms.Form):
    """What becomes of it: a sheet made of the fields that are kept, a sheet already there, or nothing."""

    outcome = forms.ChoiceField(
        label="Que devient-elle\u202f?",
        choices=[
            (MAKE, "Elle manque\u00a0: en faire une fiche, qu’une personne de l’équipe publiera"),
            (KNOWN, "Elle est déjà dans l’annuaire"),
            (REFUSE, "Ne pas la garder"),
        ],
        widget=forms.RadioSelect,
    )
    keep = forms.MultipleChoiceField(required=False)
    sheet = forms.ChoiceField(required=False)
    other = forms.CharField(
        label="Une autre fiche", max_length=300, required=False,
        help_text="Copiez ici l’adresse de sa page, par exemple /annuaire/le-fil-vert/.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Pourquoi\u202f?", max_length=300, required=False,
        help_text="La personne qui a proposé le lira. Trois cents signes au plus.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, actor: MissingActor, alike: list[Organisation]) -> None:
        super().__init__(data, auto_id=PLAIN_IDS)
        self.fields["keep"].choices = [(name, name) for name in actor.proposed()]  # type: ignore[attr-defined]
        self.fields["sheet"].choices = [("", ""), *((str(one.pk), one.name) for one in alike)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        outcome = data.get("outcome")
        if outcome == KNOWN:
            data["found"] = self._found(data)
            if data["found"] is None:
                self.add_error("other", "Dites laquelle\u00a0: choisissez une fiche, ou copiez l’adresse de sa page.")
        if outcome == MAKE and (data.get("sheet") or data.get("other", "").strip()):
            self.add_error(
                "outcome", "Vous avez aussi choisi une fiche\u00a0: manque-t-elle, ou y est-elle déjà\u202f?"
            )
        if outcome == REFUSE and not data.get("reason", "").strip():
            self.add_error("reason", "Dites pourquoi\u00a0: la personne qui a proposé le lira.")
        if outcome == MAKE and "name" not in data.get("keep", []):
            self.add_error("outcome", "Une fiche a toujours un nom\u00a0: gardez le nom.")
        return data

    def _found(self, data: dict[str, Any]) -> Organisation | None:
        known = Organisation.objects.not_merged()
        if data.get("other", "").strip():
            slug = data["other"].strip().split("?")[0].rstrip("/").rpartition("/")[2]
            return known.filter(slug=slug).first()
        return known.filter(pk=data["sheet"]).first() if data.get("sheet") else None
