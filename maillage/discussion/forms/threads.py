from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from maillage.discussion.actions.talking import LONGEST
from maillage.discussion.enums import ThreadKind
from maillage.discussion.models import Message
from maillage.strategy.models import Axis, Measure
from maillage.strategy.queries import home_strategy

ABOUT_HINT = "L’axe ou la mesure de la stratégie dont on parle."


def _words(label: str, *, rows: int, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}))


class ThreadForm(forms.Form):
    """Open a talk or propose an idea; an idea says which axis it serves."""

    title = forms.CharField(label="Le sujet, en quelques mots", max_length=150)
    text = _words("Votre message", rows=7)
    about = forms.ChoiceField(label="Partie de la stratégie", required=False, help_text=ABOUT_HINT)

    def __init__(self, *args: Any, kind: ThreadKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.axes, self.measures = _plan()
        about: Any = self.fields["about"]
        about.choices = _choices(self.axes, self.measures)
        if kind == ThreadKind.IDEA:
            self.fields["title"].label = "Le nom de l’idée"
            self.fields["text"].label = "L’idée"
            self.fields["text"].help_text = "Ce texte est commun : les autres membres pourront l’amender."
            about.required = bool(self.axes)

    def facts(self) -> dict[str, Any]:
        """Arguments of `open_thread`."""
        kind, _, key = self.cleaned_data["about"].partition("-")
        return {
            "title": self.cleaned_data["title"], "text": self.cleaned_data["text"],
            "axis": self.axes.get(key) if kind == "axe" else None,
            "measure": self.measures.get(key) if kind == "mesure" else None,
        }  # fmt: skip


def _plan() -> tuple[dict[str, Axis], dict[str, Measure]]:
    strategy = home_strategy()
    if strategy is None:
        return {}, {}
    axes = Axis.objects.filter(strategy=strategy).order_by("number")
    measures = Measure.objects.filter(strategy=strategy, axis__isnull=False).select_related("axis")
    return {str(one.pk): one for one in axes}, {
        str(one.pk): one for one in measures.order_by("axis__number", "position")
    }


def _choices(axes: dict[str, Axis], measures: dict[str, Measure]) -> list[Any]:
    found: list[Any] = [("", "Choisissez")]
    for key, axis in axes.items():
        own = [(f"mesure-{pk}", f"{one.code} {one.title}") for pk, one in measures.items() if one.axis_id == axis.pk]
        found.append((f"Axe {axis.number}", [(f"axe-{key}", f"Tout l’axe : {axis.title}"), *own]))
    return found


class MessageForm(forms.Form):
    """Say something in a thread."""

    text = _words("Votre message", rows=5, hint="Les adresses de sites deviennent des liens.")


class EditForm(forms.Form):
    """Change one's own message."""

    text = _words("Votre message", rows=7)
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, message: Message) -> None:
        seen = message.edited_at.isoformat() if message.edited_at else ""
        super().__init__(data, initial={"text": message.text, "seen_at": seen})

    def clean_seen_at(self) -> datetime | None:
        told = self.cleaned_data["seen_at"]
        try:
            return datetime.fromisoformat(told) if told else None
        except ValueError as error:
            raise forms.ValidationError("Rouvrez ce message, puis recommencez.") from error


class AmendForm(forms.Form):
    """A new version of an idea's text."""

    text = _words("Le texte de l’idée", rows=10)
    why = forms.CharField(
        label="Ce que vous changez, et pourquoi", max_length=200, help_text="Une phrase : les autres la liront d’abord."
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class HideForm(forms.Form):
    """Why a message is taken out of sight."""

    reason = forms.CharField(label="Pourquoi ?", max_length=300, help_text="L’auteur du message lira cette phrase.")
