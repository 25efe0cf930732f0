"""What a holder answers on the page of their project."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.desk.enums import Advice, Usefulness
from maillage.desk.models import Recommendation

SAYABLE = [(Advice.DOING, "C’est en cours"), (Advice.DONE, "C’est fait"), (Advice.STUCK, "Ça bloque"),
           (Advice.DECLINED, "Ce n’est pas pour nous")]  # fmt: skip


class AdviceForm(forms.Form):
    """Where a recommendation stands, and a word."""

    state = forms.ChoiceField(label="Où en êtes-vous\u202f?", choices=[(one.value, label) for one, label in SAYABLE])
    answer = forms.CharField(label="Un mot", max_length=400, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, recommendation: Recommendation) -> None:
        shown = {"state": recommendation.state, "answer": recommendation.answer, "seen": recommendation.version}
        super().__init__(data, initial=shown, auto_id=f"etape-{recommendation.pk}-%s")


class RateForm(forms.Form):
    usefulness = forms.ChoiceField(choices=Usefulness.choices)


class WordsForm(forms.Form):
    """A message to the desk."""

    words = forms.CharField(
        label="Votre message", max_length=8_000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez quelques mots."},
    )  # fmt: skip
