"""What readers choose, and what agents ask of the list of letters."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.kernel.registry import letter_kinds
from maillage.outbox import queries
from maillage.outbox.enums import Frequency, State, Weekday
from maillage.outbox.models import Mailbox
from maillage.outbox.models.mailbox import EVERYTHING


class PreferencesForm(forms.Form):
    """How often, which day, on what. A box that is ticked is a subject one wants."""

    frequency = forms.ChoiceField(
        label="À quel rythme ?",
        help_text="Ce qui attend est regroupé en une seule lettre.",
        choices=Frequency.choices,
        widget=forms.RadioSelect,
    )
    day = forms.TypedChoiceField(
        label="Quel jour ?", help_text="Pour la lettre de la semaine.", choices=Weekday.choices, coerce=int
    )
    subjects = forms.MultipleChoiceField(label="Sur quoi ?", widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, data: Any = None, *, mailbox: Mailbox) -> None:
        self.known = [(subject.key, subject.label) for subject in queries.subjects()]
        wanted = [key for key, _ in self.known if not mailbox.refuses(key)]
        initial = {"frequency": mailbox.frequency, "day": mailbox.day, "subjects": wanted}
        super().__init__(data, initial=initial)
        self.fields["subjects"].choices = self.known  # type: ignore[attr-defined]
        self._refused_before = [key for key in mailbox.blocked_subjects if key not in dict(self.known)]

    def choices(self) -> dict[str, Any]:
        """Clean values, as `set_preferences` takes them. Nothing ticked refuses what comes later, too."""
        wanted = set(self.cleaned_data["subjects"])
        blocked = [key for key, _ in self.known if key not in wanted]
        if not wanted and self.known:
            blocked.append(EVERYTHING)
        elsewhere = [key for key in self._refused_before if key != EVERYTHING]
        return {
            "frequency": Frequency(self.cleaned_data["frequency"]),
            "day": self.cleaned_data["day"],
            "blocked_subjects": blocked + elsewhere,
        }


class LetterFilters(forms.Form):
    """The list of letters, asked by its address; what is wrong does not filter."""

    state = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *State.choices])
    kind = forms.ChoiceField(label="Sorte", required=False)
    address = forms.CharField(label="Adresse", required=False, max_length=254)
    after = forms.DateField(
        label="À partir du", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    before = forms.DateField(
        label="Jusqu’au", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted((kind.label, kind.key) for kind in letter_kinds().values())
        self.fields["kind"].choices = [("", "Toutes"), *((key, label) for label, key in kinds)]  # type: ignore[attr-defined]

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return len(self.wanted())

    def wanted(self) -> dict[str, Any]:
        """Clean values only."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DoneForm(forms.Form):
    """How it went."""

    note = forms.CharField(label="Ce qui s’est passé", required=False, max_length=500)


class PlanForm(forms.Form):
    """When it is to be done, and whether I do it."""

    due_date = forms.DateField(
        label="Pour le", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    is_mine = forms.BooleanField(label="C’est pour moi", required=False)
