"""What agents type: a call in four fields, a note in two, the filters of the feed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from maillage.accounts.forms import day_input
from maillage.accounts.models import User
from maillage.kernel.registry import FEED_THEMES
from maillage.logbook.enums import CALLS, EntryKind
from maillage.logbook.models import Entry
from maillage.territories.models import Epci

NO_HEALTH = "Rien sur la santé, les opinions ou la vie privée : la personne peut demander à lire ces lignes."


class CallForm(forms.Form):
    """One call. The first field is the subject: the rest is already right most of the time."""

    words = forms.CharField(
        label="De quoi s’agit-il ?", max_length=2_000, help_text=NO_HEALTH,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Appel", choices=[(one.value, one.label) for one in CALLS], initial=EntryKind.CALL_IN,
        widget=forms.RadioSelect,
    )  # fmt: skip
    who = forms.CharField(label="Avec qui", max_length=120, required=False)
    next_step = forms.CharField(
        label="Et ensuite ?",
        max_length=200,
        required=False,
        help_text="Ce qui reste à faire, s’il reste quelque chose.",
    )
    due_date = forms.DateField(label="Pour le", required=False, widget=day_input())
    owner = forms.ChoiceField(label="Par", required=False)

    def __init__(self, data: Any = None, *, desk: Iterable[User], me: User, initial: Any = None) -> None:
        super().__init__(data, initial={"owner": str(me.pk), **(initial or {})})
        self.desk = {str(one.pk): one for one in desk}
        names = [(pk, "moi" if one.pk == me.pk else str(one)) for pk, one in self.desk.items()]
        self.fields["owner"].choices = [*names, ("", "la première personne libre")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("due_date") and not said.get("next_step"):
            self.add_error("next_step", "Dites ce qui est à faire ce jour-là.")
        if said.get("next_step") and not said.get("due_date"):
            self.add_error("due_date", "Dites pour quand.")
        return said

    @property
    def who_does_it(self) -> User | None:
        return self.desk.get(self.cleaned_data.get("owner", ""))


class NoteForm(forms.Form):
    """A word kept for later."""

    words = forms.CharField(
        label="Note", max_length=2_000, help_text=NO_HEALTH, widget=forms.Textarea(attrs={"rows": 4, "autofocus": True})
    )
    is_pinned = forms.BooleanField(label="Garder en tête de la fiche", required=False)
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, note: Entry | None = None) -> None:
        initial: dict[str, Any] = {}
        if note is not None:
            seen: datetime | None = note.changed_at
            initial = {"words": note.words, "is_pinned": note.is_pinned, "seen_at": seen and seen.isoformat()}
        super().__init__(data, initial=initial)


class FeedFilters(forms.Form):
    """The feed, asked by its address; what is wrong does not filter."""

    theme = forms.ChoiceField(label="Sujet", required=False, choices=[("", "Tout"), *FEED_THEMES.items()])
    epci = forms.ModelChoiceField(
        label="Communauté de communes", required=False, empty_label="Toutes",
        queryset=Epci.objects.order_by("position", "siren"),
    )  # fmt: skip
    agent = forms.ChoiceField(label="Par", required=False)
    after = forms.DateField(label="À partir du", required=False, widget=day_input())
    until = forms.DateField(label="Jusqu’au", required=False, widget=day_input())

    def __init__(self, data: Any = None, *, desk: Iterable[User]) -> None:
        super().__init__(data)
        self.fields["agent"].choices = [("", "Tout le monde"), *((str(one.pk), str(one)) for one in desk)]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Clean values only."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
