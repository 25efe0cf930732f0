from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from maillage.discussion.actions.dialogues import FACTS
from maillage.discussion.enums import DialogueForm as Kind
from maillage.discussion.enums import DialogueState, Side
from maillage.discussion.models import Dialogue
from maillage.strategy.models import Measure
from maillage.strategy.queries import home_strategy


def _day(label: str, *, required: bool, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class _Measures(forms.ModelChoiceField[Measure]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.title}"


class DialogueForm(forms.Form):
    """Everything about a dialogue but who takes part."""

    title = forms.CharField(label="Titre", max_length=150)
    question = forms.CharField(label="La question posée", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    form = forms.ChoiceField(label="Forme", choices=Kind.choices)
    state = forms.ChoiceField(label="État", choices=DialogueState.choices, initial=DialogueState.DRAFT,
                              help_text="En préparation, seule l’équipe le voit.")  # fmt: skip
    measure = _Measures(
        label="Mesure de la stratégie", queryset=Measure.objects.none(), required=False, empty_label="Aucune"
    )
    event_date = _day("Date de la rencontre", required=False)
    place = forms.CharField(label="Lieu", max_length=150, required=False)
    synthesis = forms.CharField(
        label="Synthèse", max_length=8_000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Publique. Elle est demandée pour terminer le dialogue.",
    )  # fmt: skip
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, dialogue: Dialogue | None = None) -> None:
        initial = {name: getattr(dialogue, name) for name in FACTS} if dialogue else {}
        if dialogue:
            initial["seen_at"] = dialogue.changed_at.isoformat()
        super().__init__(data, initial=initial)
        measures: Any = self.fields["measure"]
        measures.queryset = Measure.objects.filter(strategy=home_strategy()).order_by("code")

    def clean_seen_at(self) -> datetime | None:
        told = self.cleaned_data["seen_at"]
        try:
            return datetime.fromisoformat(told) if told else None
        except ValueError as error:
            raise forms.ValidationError("Rouvrez ce dialogue, puis recommencez.") from error

    @property
    def facts(self) -> dict[str, Any]:
        """Arguments of the verbs."""
        return {name: self.cleaned_data[name] for name in FACTS}


class ParticipantForm(forms.Form):
    """One more person on one side."""

    side = forms.ChoiceField(label="Côté", choices=Side.choices)
    name = forms.CharField(label="Nom affiché", max_length=120)
    quality = forms.CharField(label="Structure ou fonction", max_length=150, required=False)
    email = forms.EmailField(
        label="Adresse de son compte", max_length=254, required=False, help_text="Pour lui ouvrir les échanges."
    )


class AgendaForm(forms.Form):
    """Where a dialogue is sent."""

    body = forms.CharField(label="Instance", max_length=150, help_text="Par exemple : commission économie de la CC.")
    meeting_date = _day("Réunion du", required=True)


class OutcomeForm(forms.Form):
    """What a meeting made of it."""

    outcome = forms.CharField(label="Suite donnée", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    outcome_date = _day("Le", required=True)
