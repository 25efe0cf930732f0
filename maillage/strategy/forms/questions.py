"""What inhabitants ask about a measure, and what they are answered."""

from __future__ import annotations

from typing import Any

from django import forms

from maillage.accounts.strangers import StrangerForm
from maillage.strategy.models import Question


class QuestionForm(StrangerForm):
    """A question and where its answer goes."""

    text = forms.CharField(
        label="Votre question", max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Elle sera publiée avec sa réponse\u00a0: n’y nommez personne.",
        error_messages={"required": "Écrivez votre question."},
    )  # fmt: skip
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Pour confirmer la question et recevoir la réponse. Elle n’est jamais publiée.",
        error_messages={"required": "Donnez une adresse, pour recevoir la réponse."},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """An answer that is published, or a reason that only its writer reads."""

    ANSWER, SET_ASIDE = "answer", "set_aside"
    outcome = forms.ChoiceField(
        label="Que faire de cette question\u202f?",
        choices=[
            (ANSWER, "Publier la question et la réponse"),
            (SET_ASIDE, "Ne pas la publier, et dire pourquoi à la personne seule"),
        ],
        initial=ANSWER, widget=forms.RadioSelect,
    )  # fmt: skip
    answer = forms.CharField(
        label="Votre réponse, ou votre raison", max_length=2_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Des phrases simples, sans nommer personne. La personne la reçoit par lettre.",
        error_messages={"required": "Écrivez une phrase\u00a0: la personne la recevra."},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, question: Question) -> None:
        super().__init__(data, initial={"answer": question.answer})
