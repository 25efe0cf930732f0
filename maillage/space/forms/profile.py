from __future__ import annotations

from typing import Any

from django import forms

from maillage.space.models import Profile

SECTIONS = (
    ("Qui signe", ("representative_name", "representative_role", "representative_email", "representative_phone")),
    ("Vos moyens", ("volunteers", "employees_fte", "budget_band")),
    ("Vos assurances et agréments", ("insurer", "insurance_number", "insured_until", "approvals")),
)
HINTS = {
    "representative_role": "Par exemple : présidente.",
    "employees_fte": "Deux mi-temps font 1.",
    "budget_band": "Le total des dépenses de l’an dernier suffit.",
    "approvals": "Un par ligne : ESUS, IAE, jeunesse et éducation populaire…",
}


class ProfileForm(forms.ModelForm[Profile]):
    """The dozen facts that forms ask again and again; all are optional."""

    # In French, one writes 1,5.
    employees_fte = forms.DecimalField(
        label="salariés, en équivalent temps plein", localize=True, required=False, min_value=0, max_digits=6,
        decimal_places=2,
    )  # fmt: skip

    class Meta:
        model = Profile
        fields = [name for _, names in SECTIONS for name in names]
        widgets = {
            "insured_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "approvals": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, hint in HINTS.items():
            self.fields[name].help_text = hint
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Titles with their fields, in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]
