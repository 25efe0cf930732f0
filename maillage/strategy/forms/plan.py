"""What agents type to steer the plan; the filters of its list."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.enums import BACK_OFFICE_ROLES, Role
from maillage.accounts.forms import day_input
from maillage.accounts.models import User
from maillage.accounts.queries import holders
from maillage.strategy import phrases
from maillage.strategy.actions.steering import STEERED
from maillage.strategy.enums import Framework, Priority, State
from maillage.strategy.models import Measure, Step

LATE = "late"


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person by name; whoever is chosen already stays in the list, though their mandate ended."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(User.objects.none(), label=label, required=False, empty_label="Personne", help_text=help_text)

    def offer(self, people: QuerySet[User], chosen: int | None) -> None:
        self.queryset = people if chosen is None else people | User.objects.filter(pk=chosen).distinct()

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class SteerForm(forms.Form):
    """All that people own of a measure."""

    state = forms.ChoiceField(label="Où en est-elle ?", choices=State)
    state_note = forms.CharField(
        label="Pourquoi", max_length=300, required=False,
        help_text="Demandé quand elle est en pause, bloquée, reportée ou abandonnée. Les habitants le lisent.",
    )  # fmt: skip
    priority = forms.TypedChoiceField(label="Priorité", choices=Priority, coerce=int)
    carried_by = forms.CharField(
        label="Portée par", max_length=160, required=False, help_text="Une collectivité, une structure, une instance."
    )
    owner = PersonField(
        "Suivie par", "La personne de l’équipe à qui l’on demande des nouvelles. Elle n’est pas publiée."
    )
    partners = forms.CharField(label="Avec", max_length=500, required=False)
    liaison_officer = PersonField("Référente ou référent")
    start_date = forms.DateField(label="Début", widget=day_input(), required=False)
    end_date = forms.DateField(
        label="Fin prévue", widget=day_input(), required=False,
        help_text="Passé ce jour, la mesure est dite en retard tant qu’elle n’est pas réalisée.",
    )  # fmt: skip
    risks = forms.CharField(
        label="Ce qui peut gêner", max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pour l’équipe seulement.",
    )  # fmt: skip
    frameworks = forms.MultipleChoiceField(
        label="Aussi dans", choices=Framework, required=False, widget=forms.CheckboxSelectMultiple
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, measure: Measure, on: date) -> None:
        shown = {name: getattr(measure, name) for name in STEERED}
        super().__init__(data, initial={**shown, "seen_at": _moment(measure.changed_at)})
        for name, roles in (("owner", BACK_OFFICE_ROLES), ("liaison_officer", {Role.LIAISON_OFFICER})):
            field = self.fields[name]
            assert isinstance(field, PersonField)
            field.offer(holders(roles, on=on), getattr(measure, f"{name}_id"))

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, as `steer_measure` takes it."""
        return {name: self.cleaned_data[name] for name in STEERED}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


class StepForm(forms.Form):
    """One step, new or known; a known one says when it was done."""

    title = forms.CharField(label="Étape", max_length=200)
    who = forms.CharField(label="Par", max_length=120, required=False)
    due_date = forms.DateField(label="Pour le", widget=day_input(), required=False)
    done_date = forms.DateField(label="Faite le", widget=day_input(), required=False)

    def __init__(self, data: Any = None, *, step: Step | None = None) -> None:
        shown = {name: getattr(step, name) for name in ("title", "who", "due_date", "done_date")} if step else {}
        self.step = step
        super().__init__(data, initial=shown, auto_id=f"step-{step.pk}-%s" if step else "new-step-%s")
        if step is None:
            del self.fields["done_date"]


class NewsForm(forms.Form):
    """A few words to inhabitants."""

    text = forms.CharField(
        label="Quoi de neuf ?", max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Deux ou trois phrases simples, lues par les habitants sur la page de la mesure.",
    )  # fmt: skip
    news_date = forms.DateField(label="Du", widget=day_input(), initial=timezone.localdate)


class PlanFilters(forms.Form):
    """The list of measures, asked by its address; what is wrong does not filter."""

    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), (LATE, phrases.LATE), *State.choices])
    axe = forms.ChoiceField(label="Axe", required=False)
    suivie = forms.ChoiceField(
        label="Suivie par", required=False, choices=[("", "Tout le monde"), ("moi", "Moi"), ("personne", "Personne")]
    )

    def __init__(self, data: Any = None, *, axes: list[tuple[int, str]]) -> None:
        super().__init__(data)
        choices = [("", "Tous"), *((str(number), f"{number}. {title}") for number, title in axes), ("0", "Instances")]
        self.fields["axe"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """Clean values only."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class BulkForm(forms.Form):
    """One change for all the measures that are ticked."""

    CHANGES = (
        ("owner", "Suivie par"),
        ("state", "Où en est-elle"),
        ("priority", "Priorité"),
        ("end_date", "Fin prévue"),
        ("carried_by", "Portée par"),
    )  # fmt: skip
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(), error_messages={"required": "Cochez au moins une mesure."}
    )
    change = forms.ChoiceField(label="Changer", choices=CHANGES)
    owner = PersonField("Suivie par")
    state = forms.ChoiceField(label="Où en est-elle", choices=[("", "Choisir"), *State.choices], required=False)
    state_note = forms.CharField(label="Pourquoi", max_length=300, required=False)
    priority = forms.TypedChoiceField(label="Priorité", choices=Priority, coerce=int, required=False, empty_value=None)
    end_date = forms.DateField(label="Fin prévue", widget=day_input(), required=False)
    carried_by = forms.CharField(label="Portée par", max_length=160, required=False)

    def __init__(self, data: Any = None, *, measures: QuerySet[Measure], on: date) -> None:
        super().__init__(data)
        self.fields["measures"].queryset = measures  # type: ignore[attr-defined]
        owner = self.fields["owner"]
        assert isinstance(owner, PersonField)
        owner.offer(holders(BACK_OFFICE_ROLES, on=on), None)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("change") == "priority" and said.get("priority") is None:
            self.add_error("priority", "Choisissez une priorité.")
        if said.get("change") == "state" and not said.get("state"):
            self.add_error("state", "Choisissez un état.")
        return said

    @property
    def facts(self) -> dict[str, Any]:
        """The one fact that changes; a state takes its reason with it."""
        name = self.cleaned_data["change"]
        names = ("state", "state_note") if name == "state" else (name,)
        return {name: self.cleaned_data[name] for name in names}
