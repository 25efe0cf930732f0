"""The form of a sheet: reads and checks what people type, gives facts to one verb.

Words: *facts* = the flat form of a sheet (directory/facts.py); here `place.x` is written `place__x`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from wagtail.images import get_image_model

from maillage.accounts.forms import day_input
from maillage.directory.backoffice.forms import home_communes
from maillage.directory.backoffice.widgets import PictureChooser
from maillage.directory.enums import (
    EssVerdict,
    Family,
    HeadcountBand,
    NafVersion,
    QualificationKind,
    TermKind,
)
from maillage.directory.facts import Facts, facts_of
from maillage.directory.forms.hours import OpeningHoursField, keep_hours
from maillage.directory.models import Organisation, Term
from maillage.kernel.models import Source
from maillage.territories.models import Commune, Epci
from maillage.territories.queries import home_territory
from pipelines.contracts.identifiers import check_rna, check_siren, check_siret

UNKNOWN = ("", "Inconnue")
NOT_ASKED = frozenset({"terms", "qualifications"})


@dataclass(frozen=True)
class Section:
    """A calm part of the form: title, one sentence, names of fields."""

    title: str
    help: str
    names: tuple[str, ...]


SECTIONS = (
    Section("Qui", "Le nom que les gens connaissent d’abord ; le reste aide à ne pas la confondre.", (
        "name", "acronym", "legal_name", "family", "siren", "rna", "legal_form", "naf_code", "naf_version",
        "creation_date", "headcount_band", "headcount_note", "closed_date", "is_partner", "is_example",
    )),
    Section("Quoi", "Des phrases simples : ce qu’elle fait, pour qui.", (
        "description", "activities", "services", "sectors", "themes", "target_groups",
    )),
    Section("Où", "Le lieu principal, où l’on peut se rendre.", (
        "place__name", "place__siret", "place__address", "place__postal_code", "place__commune_id",
        "place__place_label", "place__latitude", "place__longitude", "place__is_point_exact",
        "place__opening_hours", "place__closed_date", "served_area",
    )),
    Section("Contact et accord", "L’adresse et le téléphone ne paraissent que si la structure a dit oui.", (
        "website", "email", "phone", "contact_consent_at", "contact_consent_note",
    )),
    Section("Relève-t-elle de l’ESS ?", "La règle propose ; une personne peut décider autrement, en disant pourquoi.", (
        "ess_verdict", "ess_note",
    )),
    Section("Image", "Une image vraie du lieu ou de l’activité, que l’on a le droit de montrer.", (
        "picture_id", "picture_alt", "picture_credit",
    )),
)  # fmt: skip


def text(
    label: str, *, lines: int = 0, required: bool = False, limit: int = 255, help_text: str = ""
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(label=label, required=required, max_length=limit, help_text=help_text, widget=widget)


def choice(label: str, choices: list[tuple[str, str]], *, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[UNKNOWN, *choices], required=False, help_text=help_text)


def day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=day_input(), required=False, help_text=help_text)


def ticks(label: str, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def degrees(label: str, limit: int) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, localize=True, min_value=-limit, max_value=limit)


class SheetForm(forms.Form):
    """All that a person may say of an organisation; its state has buttons of its own."""

    name = text("Nom", required=True)
    acronym = text("Sigle", limit=100)
    legal_name = text("Dénomination légale")
    family = choice("Famille de l’ESS", list(Family.choices))
    siren = text("SIREN", limit=20, help_text="Neuf chiffres ; vide si elle n’en a pas.")
    rna = text("Numéro RNA", limit=20, help_text="Pour une association : W et neuf chiffres.")
    legal_form = text(
        "Catégorie juridique", limit=4, help_text="Le code à quatre chiffres de l’Insee, par exemple 9220."
    )
    naf_code = text("Activité principale (code NAF)", limit=6, help_text="Par exemple 94.99Z.")
    naf_version = choice("Version de la NAF", list(NafVersion.choices))
    creation_date = day("Date de création")
    headcount_band = choice("Effectif salarié", list(HeadcountBand.choices))
    headcount_note = text("Effectif en clair", limit=120, help_text="Par exemple : 3 salariés et 20 bénévoles.")
    closed_date = day("Date de fermeture", "Seulement si la structure n’existe plus.")
    is_partner = forms.BooleanField(label="Partenaire de l’accompagnement (BGE, DLA, France Active…)", required=False)
    is_example = forms.BooleanField(label="Donnée d’exemple", required=False)
    description = text("Présentation", lines=5, limit=5000)
    activities = text("Activités", lines=4, limit=5000)
    services = text("Services rendus", lines=4, limit=5000)
    sectors = ticks("Secteurs")
    themes = ticks("Thèmes de la stratégie")
    target_groups = ticks("Publics")
    place__name = text("Enseigne", help_text="Si elle est différente du nom.")
    place__siret = text("SIRET", limit=25, help_text="Quatorze chiffres.")
    place__address = text("Adresse", help_text="Numéro et rue.")
    place__postal_code = text("Code postal", limit=5)
    place__commune_id = forms.ChoiceField(label="Commune", required=False)
    place__place_label = text("Commune telle que reçue", limit=100, help_text="Gardée telle que le fichier l’écrivait.")
    place__latitude = degrees("Latitude", 90)
    place__longitude = degrees("Longitude", 180)
    place__is_point_exact = forms.BooleanField(label="Le point est à l’adresse exacte", required=False)
    place__opening_hours = OpeningHoursField(label="Horaires d’ouverture")
    place__closed_date = day("Fermeture de ce lieu")
    served_area = ticks("Zone d’action", "Rien de coché : sa commune.")
    website = forms.URLField(label="Site internet", required=False, max_length=500, assume_scheme="https")
    email = forms.EmailField(label="Adresse électronique", required=False)
    phone = text("Téléphone", limit=20)
    contact_consent_at = day("Accord pour publier ce contact, donné le", "Vide : le contact n’est pas montré.")
    contact_consent_note = text(
        "Comment l’accord a été donné", limit=200, help_text="Par exemple : par téléphone, à Bruno."
    )
    ess_verdict = forms.ChoiceField(label="Votre avis", choices=EssVerdict.choices, widget=forms.RadioSelect)
    ess_note = text("Pourquoi", lines=2, limit=300, help_text="Demandé quand vous changez l’avis.")
    picture_id = forms.ModelChoiceField(
        label="Image", queryset=get_image_model().objects.all(), required=False, widget=PictureChooser
    )
    picture_alt = text("Texte de remplacement", limit=200, help_text="Ce que montre l’image, pour qui ne la voit pas.")
    picture_credit = text("Crédit", limit=200, help_text="Qui l’a faite, et le droit de la montrer.")
    # The moment the sheet was opened: two people cannot overwrite each other without knowing.
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        organisation: Organisation | None = None,
        origins: dict[str, Source] | None = None,
    ) -> None:
        self.organisation, self.origins = organisation, origins or {}
        self.before: Facts = {} if organisation is None else facts_of(organisation)
        super().__init__(data, initial=_initial(organisation, self.before))
        keep_hours(self.fields["place__opening_hours"], self.before.get("place.opening_hours"))
        self._offer_terms()
        self._offer_places()

    def sections(self) -> Iterator[tuple[Section, list[tuple[forms.BoundField, Source | None]]]]:
        """Each section with its fields and, beside each, where its value came from."""
        for section in SECTIONS:
            yield section, [(self[name], self.origins.get(_source_key(name))) for name in section.names]

    def facts(self, *, held: list[dict[str, Any]]) -> Facts:
        """What was typed, as facts; `held` = the qualifications. A new verdict becomes a person's decision."""
        data = self.cleaned_data
        facts: Facts = {
            name.replace("place__", "place."): value
            for name, value in data.items()
            if name not in {"sectors", "themes", "target_groups", "seen_at", "picture_id", "contact_consent_at"}
        }
        facts["terms"] = sorted(data["sectors"] + data["themes"] + data["target_groups"])
        facts["served_area"] = sorted(data["served_area"])
        facts["qualifications"] = held
        facts["picture_id"] = data["picture_id"] and data["picture_id"].pk
        facts["contact_consent_at"] = self._consent(data["contact_consent_at"])
        facts["place.commune_id"] = data["place__commune_id"] or None
        if data["ess_verdict"] != self.before.get("ess_verdict", EssVerdict.TO_CONFIRM):
            facts |= {"ess_overridden": True, "ess_reason": "person"}
        # An empty field of a sheet that has no such value says nothing: it gets no source and no place.
        return {
            field: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for field, value in facts.items()
            if value not in ("", None, [], False) or self.before.get(field) not in ("", None, [])
        }

    def clean_siren(self) -> str:
        checked = check_siren(self.cleaned_data["siren"])
        if checked.value and not (checked.value.isdigit() and len(checked.value) == 9):
            raise forms.ValidationError("Un SIREN a neuf chiffres.")
        return checked.value

    def clean_place__siret(self) -> str:
        checked = check_siret(self.cleaned_data["place__siret"])
        if checked.value and not (checked.value.isdigit() and len(checked.value) == 14):
            raise forms.ValidationError("Un SIRET a quatorze chiffres.")
        return checked.value

    def clean_rna(self) -> str:
        checked = check_rna(self.cleaned_data["rna"])
        if checked.value and not checked.is_valid:
            raise forms.ValidationError("Un numéro RNA commence par W, suivi de neuf chiffres.")
        return checked.value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if (data.get("place__latitude") is None) != (data.get("place__longitude") is None):
            self.add_error("place__latitude", "Donnez la latitude et la longitude, ou aucune des deux.")
        if data.get("picture_id") and not data.get("picture_alt"):
            self.add_error("picture_alt", "Décrivez l’image en quelques mots pour qui ne la voit pas.")
        changed = "ess_verdict" in data and data["ess_verdict"] != self.before.get("ess_verdict", EssVerdict.TO_CONFIRM)
        if changed and not data.get("ess_note"):
            self.add_error("ess_note", "Dites en une phrase pourquoi vous en décidez ainsi.")
        return data

    def is_stale(self) -> bool:
        """Has somebody else written the sheet since this form was opened?"""
        return self.organisation is not None and self.cleaned_data.get("seen_at") != stamp(self.organisation)

    def see_again(self, organisation: Organisation) -> None:
        """Show the form again as opened now, with what was typed: saving it next time is meant."""
        data = cast("QueryDict", self.data).copy()
        data["seen_at"] = stamp(organisation)
        self.data = data

    def _consent(self, given: date | None) -> str | None:
        kept = self.before.get("contact_consent_at")
        if given is None:
            return None
        if kept and timezone.localdate(datetime.fromisoformat(kept)) == given:
            return str(kept)
        noon = timezone.make_aware(datetime.combine(given, time(12)))
        return noon.astimezone(UTC).isoformat()

    def _offer_terms(self) -> None:
        offered: dict[str, list[tuple[str, str]]] = {kind: [] for kind in TermKind.values}
        for term in Term.objects.order_by("position", "label"):
            offered[term.kind].append((f"{term.kind}:{term.code}", term.label))
        self._choices("sectors", offered[TermKind.SECTOR])
        self._choices("themes", offered[TermKind.THEME])
        self._choices("target_groups", offered[TermKind.TARGET_GROUP])

    def _offer_places(self) -> None:
        communes = home_communes()
        by_epci: dict[str, list[tuple[str, str]]] = {}
        for commune in communes:
            by_epci.setdefault(str(commune.epci or "Sans intercommunalité"), []).append((commune.pk, commune.name))
        kept = {self.before.get("place.commune_id"), *(self.before.get("served_area") or [])} - {None}
        home, epcis = home_territory(), list(Epci.objects.order_by("position", "siren"))
        known = {commune.pk for commune in communes} | {epci.pk for epci in epcis} | {home and home.pk}
        others = dict(Commune.objects.filter(pk__in=kept - known).values_list("pk", "name")) if kept - known else {}
        names = {commune.pk: commune.name for commune in communes} | others
        place = self.before.get("place.commune_id")
        elsewhere = [("Hors du territoire", [(place, names[place])])] if place in others else []
        self._choices("place__commune_id", [UNKNOWN, *by_epci.items(), *elsewhere])
        perimeters = [(home.pk, f"Tout le territoire ({home.name})")] if home else []
        perimeters += [(epci.pk, epci.short_name) for epci in epcis]
        offered = {code for code, _ in perimeters}
        extra = [code for code in self.before.get("served_area") or [] if code not in offered]
        self._choices("served_area", [*perimeters, *((code, names.get(code, code)) for code in extra)])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class QualificationForm(forms.Form):
    """One accreditation, label or structure type."""

    kind = forms.ChoiceField(
        label="Qualification", choices=[("", "Aucune"), *QualificationKind.choices], required=False
    )
    number = text("Numéro", limit=60)
    start_date = day("Depuis")
    end_date = day("Jusqu’au")
    evidence = text("Preuve", limit=300, help_text="Un document, une adresse.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("start_date") and data.get("end_date") and data["end_date"] < data["start_date"]:
            self.add_error("end_date", "La fin vient avant le début.")
        return data


QualificationForms = forms.formset_factory(QualificationForm, extra=1, can_delete=True, max_num=40)


def qualification_forms(data: Any, organisation: Organisation | None) -> Any:
    """The rows of qualifications, those held first, and one empty."""
    held = [] if organisation is None else facts_of(organisation)["qualifications"]
    formset = QualificationForms(data, prefix="qualifications", initial=held)
    for form in formset:
        form.fields["DELETE"].label = "Retirer"
    return formset


def qualifications_of(formset: Any) -> list[dict[str, Any]]:
    """The qualifications typed, in the shape and order of facts."""
    kept = [
        {
            name: value.isoformat() if isinstance(value := form.cleaned_data.get(name), date) else value
            for name in ("kind", "number", "start_date", "end_date", "evidence")
        }
        for form in formset
        if form.cleaned_data.get("kind") and not form.cleaned_data.get("DELETE")
    ]
    return sorted(kept, key=lambda held: (held["kind"], held["number"]))


def stamp(organisation: Organisation) -> str:
    return organisation.updated_at.astimezone(UTC).isoformat()


def _source_key(name: str) -> str:
    if name in {"sectors", "themes", "target_groups"}:
        return "terms"
    return name.replace("place__", "place.")


def _initial(organisation: Organisation | None, before: Facts) -> dict[str, Any]:
    if organisation is None:
        return {"ess_verdict": EssVerdict.TO_CONFIRM}
    initial = {field.replace("place.", "place__"): value for field, value in before.items() if field not in NOT_ASKED}
    initial |= {
        name: [code for code in before["terms"] if code.startswith(f"{kind.value}:")]
        for name, kind in (
            ("sectors", TermKind.SECTOR),
            ("themes", TermKind.THEME),
            ("target_groups", TermKind.TARGET_GROUP),
        )
    }
    consent = before["contact_consent_at"]
    initial["contact_consent_at"] = consent and timezone.localdate(datetime.fromisoformat(consent))
    initial["seen_at"] = stamp(organisation)
    return initial
