"""A question on a call, by anybody."""

from __future__ import annotations

from django import forms

from maillage.accounts.strangers import StrangerForm
from maillage.calls.actions.questions import LONGEST_QUESTION
from maillage.calls.phrases import calls as phrases


class CallQuestionForm(StrangerForm):
    """The answer is public; an address is only for whoever wants to read it by letter."""

    text = forms.CharField(
        label="Votre question", max_length=LONGEST_QUESTION, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": phrases.NO_QUESTION}, help_text="La réponse sera lue de tous, sans votre nom.",
    )  # fmt: skip
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, required=False,
        help_text="Pour recevoir la réponse. Elle est effacée ensuite.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
