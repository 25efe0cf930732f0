from __future__ import annotations

from django import forms

from maillage.accounts.strangers import StrangerForm
from maillage.choosing import phrases, receipts


class AskForm(StrangerForm):
    """An inhabitant asks for a ballot."""

    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Nous y envoyons votre bulletin. Une adresse, une voix\u00a0; elle n’est pas gardée avec le vote.",
    )  # fmt: skip


class ReceiptForm(forms.Form):
    """Was my ballot counted?"""

    code = forms.CharField(
        label="Le code de votre reçu", max_length=40, help_text="Seize lettres et chiffres, en quatre groupes.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        code = receipts.tidy(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(phrases.RECEIPT_UNKNOWN)
        return code
