"""What applicants type, step by step. A field is named after its key, so that whatever is missing leads to it.

A draft may stay empty anywhere: nothing is required here, what is missing is said by `queries.missing`.
"""

from __future__ import annotations

import re
from typing import Any, cast

from django import forms
from django.http import QueryDict

from maillage.accounts.forms import PhoneField
from maillage.calls import keys
from maillage.calls.actions import Aid
from maillage.calls.enums import ApplicationState, StateAid
from maillage.calls.models import Application
from maillage.calls.models.application import LONGEST
from maillage.calls.phrases import applying as phrases
from maillage.calls.queries.missing import REQUIRED, asks_aids, asks_cer
from maillage.territories.queries import home_towns
from ui.money import EurosField
from ui.noted import Note, NotedField, NotedForm

_SPACES = re.compile(r"\s+")
SIRET = re.compile(r"[0-9]{14}")
YES_OR_NO = [("yes", "Oui"), ("no", "Non")]
REGULATIONS = [one for one in StateAid.choices if one[0] not in (StateAid.NONE.value, StateAid.OTHER.value)]


def day_field(label: str, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, help_text=hint, widget=widget)


def yes_no_field(label: str, hint: str = "") -> forms.TypedChoiceField:
    """True, False, or None when nothing is ticked."""
    return forms.TypedChoiceField(
        label=label, required=False, help_text=hint, choices=YES_OR_NO, widget=forms.RadioSelect,
        coerce=lambda value: value == "yes", empty_value=None,
    )  # fmt: skip


def shown(value: Any) -> Any:
    """A kept value as its field shows it."""
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class StepField(NotedField):
    """A field of a page of an application; its id may be a selector, which the colon of some keys may not."""

    @property
    def auto_id(self) -> str:
        return keys.anchor_of(self.html_name)


class StepForm(NotedForm):
    """A page of an application. `version`: the one that was read; parts that were not opened again are only shown."""

    use_required_attribute = False
    bound_field_class = StepField

    def __init__(self, data: QueryDict | None = None, *, application: Application) -> None:
        super().__init__(data, initial={"version": application.version})
        self.application = application
        self.fields["version"] = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
        self.build()
        for name in self.asked:
            self.fields[name].required = self.is_wanted(name)
            if self.is_closed(name):
                self.fields[name].disabled = True
            origin = application.origins.get(name)
            if origin and not self.is_changed(name):
                self.notes[name] = Note(origin, icon="user-check")

    def build(self) -> None:
        """Add the fields of the page, and what they start from."""

    def is_wanted(self, name: str) -> bool:
        """Is it needed before sending? Said on the page, never forced: a draft may stay empty anywhere."""
        return name in REQUIRED

    def full_clean(self) -> None:
        wanted = [field for field in self.fields.values() if field.required]
        for field in wanted:
            field.required = False
        super().full_clean()
        for field in wanted:
            field.required = True

    @property
    def asked(self) -> list[str]:
        return [name for name in self.fields if name != "version"]

    def ask(self, key: str, field: forms.Field) -> None:
        """Add the field of a key, with what is kept."""
        self.fields[key] = field
        self.initial[key] = shown(keys.value_of(self.application, key))

    def key_of(self, name: str) -> str:
        """The key that a field is a part of."""
        return name

    def is_closed(self, name: str) -> bool:
        if self.application.state != ApplicationState.INCOMPLETE:
            return not self.application.is_writable
        return self.key_of(name) not in self.application.reopened

    def is_changed(self, name: str) -> bool:
        return str(self[name].value() or "") != str(self.initial.get(name) or "")

    def values(self) -> dict[str, Any]:
        """What was typed, by key, as `save_application` takes it."""
        return {name: self.cleaned_data.get(name) for name in self.asked}

    def show_beside(self, kept: Application) -> None:
        """Somebody wrote meanwhile: what is typed stays, what is kept is said under it, and may be written over."""
        other = type(self)(application=kept)
        typed = cast("QueryDict", self.data).copy()
        typed["version"] = str(kept.version)
        for name in self.asked:
            was = other.initial.get(name)
            if str(self[name].value() or "") != str(other[name].value() or ""):
                words = other[name].value() if was not in (None, "") else "rien"
                self.notes[name] = Note(phrases.KEPT_NOW.format(words=words), icon="alert-triangle")
        self.data = typed
        self.add_error(None, phrases.MOVED)

    def faults(self) -> str:
        """The fields that keep the page from being saved, in French."""
        return ", ".join(str(self.fields[name].label or "") for name in self.errors if name in self.fields)


class StructureForm(StepForm):
    """Who asks."""

    def build(self) -> None:
        self.ask("legal_name", forms.CharField(label="Nom légal", max_length=255, required=False))
        self.ask("siret", forms.CharField(label="SIRET", max_length=20, required=False, help_text="14 chiffres."))
        self.ask(
            "rna",
            forms.CharField(
                label="Numéro RNA",
                max_length=10,
                required=False,
                help_text="Pour une association\u00a0: W et 9 chiffres.",
            ),
        )
        self.ask(
            "representative",
            forms.CharField(label="Représentante ou représentant légal", max_length=120, required=False),
        )
        self.ask(
            "representative_role",
            forms.CharField(label="À quel titre", max_length=80, required=False, help_text="Présidente, gérant…"),
        )
        address, email, phone, volunteers, full_time, approvals = keys.FACTS
        self.ask(address, forms.CharField(label=keys.FACTS[address], max_length=255, required=False))
        self.ask(email, forms.EmailField(label=keys.FACTS[email], max_length=254, required=False))
        self.ask(phone, PhoneField(label=keys.FACTS[phone], required=False, widget=forms.TelInput()))
        numeric = forms.TextInput(attrs={"inputmode": "numeric"})
        self.ask(
            volunteers, forms.CharField(label=keys.FACTS[volunteers], max_length=10, required=False, widget=numeric)
        )
        self.ask(full_time, forms.CharField(label=keys.FACTS[full_time], max_length=10, required=False, widget=numeric))
        self.ask(
            approvals,
            forms.CharField(
                label=keys.FACTS[approvals], max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
            ),
        )

    def clean_siret(self) -> str:
        typed = _SPACES.sub("", str(self.cleaned_data["siret"]))
        if typed and not SIRET.fullmatch(typed):
            raise forms.ValidationError("Un SIRET a 14 chiffres\u00a0: vérifiez-le sur un avis de situation.")
        return typed


class ProjectForm(StepForm):
    """What for, where, when, how much."""

    def build(self) -> None:
        call = self.application.call
        self.ask("title", forms.CharField(label="Titre du projet", max_length=120, required=False))
        self.ask(
            "summary",
            forms.CharField(
                label="Le projet en bref",
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text="Ce que vous ferez, pour qui, avec qui, et à quoi vous verrez que c’est réussi.",
            ),
        )
        self.ask(
            "commune",
            forms.ChoiceField(label="Commune du projet", required=False, choices=[("", "Choisissez"), *home_towns()]),
        )
        themes = [(str(one.pk), str(one)) for one in call.themes.order_by("pk")]
        if themes:
            other = "Un autre sujet" if call.theme_reason else "Choisissez"
            self.ask(
                "theme",
                forms.TypedChoiceField(
                    label="Thème",
                    required=False,
                    choices=[("", other), *themes],
                    coerce=int,
                    empty_value=None,
                    help_text=call.theme_reason,
                ),
            )
        self.ask("starts_on", day_field("Début du projet"))
        self.ask("ends_on", day_field("Fin du projet"))
        self.ask(
            "requested",
            EurosField(
                label="Aide demandée", required=False, help_text="En euros, par exemple 5\u00a0000 ou 1\u00a0234,56."
            ),
        )
        self.ask(
            "is_economic",
            yes_no_field(
                "Est-ce une activité économique\u202f?", "Vous vendez des biens ou des services, même sans bénéfice."
            ),
        )
        self.ask("recovers_vat", yes_no_field("Récupérez-vous la TVA\u202f?"))

    def clean_commune(self) -> str | None:
        return self.cleaned_data["commune"] or None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        begins, ends = data.get("starts_on"), data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "Le projet finirait avant de commencer\u00a0: vérifiez les deux dates.")
        return data


class PledgesForm(StepForm):
    """What the applicant signs, and the aids that it says it was given."""

    rows = 0

    def build(self) -> None:
        one = self.application
        if asks_cer(one.organisation):
            self.fields["cer_at"] = forms.BooleanField(
                label="Nous souscrivons au contrat d’engagement républicain", required=False
            )
        self.fields["honour_at"] = forms.BooleanField(
            label="J’atteste sur l’honneur que ce dossier est exact, et que la structure est à jour de ses "
            "déclarations et de ses paiements sociaux et fiscaux",
            required=False,
        )
        for name in ("cer_at", "honour_at"):
            self.initial[name] = getattr(one, name) is not None
        self.ask("honour_by", forms.CharField(label="Votre nom", max_length=120, required=False))
        if asks_aids(one):
            for aid in one.declared_aids.order_by("granted_on", "pk"):
                self._row(aid.granted_on, aid.funder, aid.scheme, aid.amount, aid.regulation, aid.entity)
            self._row(None, "", "", None, self.application.call.scheme.state_aid, "")

    def _row(self, *kept: Any) -> None:
        made = {
            "granted_on": day_field("Accordée le"),
            "funder": forms.CharField(label="Par qui", max_length=150, required=False),
            "scheme": forms.CharField(label="Au titre de", max_length=150, required=False),
            "amount": EurosField(label="Montant", required=False),
            "regulation": forms.ChoiceField(
                label="Règlement", required=False, choices=[("", "Choisissez"), *REGULATIONS]
            ),
            "entity": forms.CharField(label="À quelle entreprise du groupe", max_length=150, required=False),
        }
        for (name, field), value in zip(made.items(), kept, strict=True):
            self.fields[f"aid:{self.rows}:{name}"] = field
            self.initial[f"aid:{self.rows}:{name}"] = value
        self.rows += 1

    @property
    def aids(self) -> list[list[forms.BoundField]]:
        """Rows of fields, the last one empty."""
        return [[self[name] for name in self.fields if name.startswith(f"aid:{rank}:")] for rank in range(self.rows)]

    def is_wanted(self, name: str) -> bool:
        return name in keys.PLEDGES

    def key_of(self, name: str) -> str:
        return keys.AIDS if name.startswith("aid:") else name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for rank in range(self.rows):
            told = [data.get(f"aid:{rank}:{name}") for name in ("granted_on", "funder", "amount", "regulation")]
            if any(told[:3]) and not all(told):
                self.add_error(f"aid:{rank}:funder", "Dites la date, qui l’a accordée, le montant et le règlement.")
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        said: dict[str, Any] = {
            name: data.get(name) for name in ("cer_at", "honour_at", "honour_by") if name in self.fields
        }
        if self.rows:
            said[keys.AIDS] = [
                Aid(**{name.rpartition(":")[2]: data[name] for name in self.fields if name.startswith(f"aid:{rank}:")})
                for rank in range(self.rows)
                if data.get(f"aid:{rank}:amount")
            ]
        return said
