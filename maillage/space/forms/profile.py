from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict

from maillage.space.models import Profile
from ui import french

MOVED = "Quelqu’un l’a changé entre-temps\u00a0; aujourd’hui\u00a0: « {now} ». Relisez, puis enregistrez de nouveau."

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

    # The moment the page was opened: two people cannot overwrite each other without knowing.
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Profile
        fields = [name for _, names in SECTIONS for name in names]
        widgets = {
            "insured_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "approvals": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_at"] = self.instance.stamp if self.instance.pk else ""
        for name, hint in HINTS.items():
            self.fields[name].help_text = hint
        for field in self.fields.values():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]

    def facts(self) -> dict[str, Any]:
        """What was typed, without the moment the page was opened."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_at"}

    def show_beside(self, today: Profile) -> None:
        """Somebody kept it meanwhile: say at each field that differs what it says today; saving again is then meant."""
        said = self.facts()
        for name in said:
            if getattr(today, name) != said[name]:
                now = getattr(today, f"get_{name}_display", lambda name=name: getattr(today, name))()
                self.add_error(name, MOVED.format(now=french.day(now) if isinstance(now, date) else now or "vide"))
        data = cast("QueryDict", self.data).copy()
        data["seen_at"] = today.stamp
        self.data = data

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Titles with their fields, in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]
