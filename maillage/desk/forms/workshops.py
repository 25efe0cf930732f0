"""What comes out of a workshop, question by question: the same template on paper and on screen."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from maillage.accounts.forms import PhoneField, day_input
from maillage.desk import phrases
from maillage.desk.actions import Output, themes_of
from maillage.desk.enums import Stage
from maillage.directory.models import Organisation
from maillage.governance.models import Invitation, Meeting
from maillage.territories.models import Commune
from maillage.territories.queries import home_towns


class OutputForm(forms.Form):
    """Filled from the workshop: its theme, the organisations that came, what its minutes say of the theme."""

    aim = forms.CharField(
        label="Ce que les personnes présentes veulent faire", max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": phrases.NO_IDEA},
    )  # fmt: skip
    need = forms.CharField(
        label="Le besoin auquel cela répond", max_length=900, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    stage = forms.TypedChoiceField(label="Où en est ce projet", choices=Stage.choices, coerce=Stage)
    commune = forms.ChoiceField(label="Commune", required=False)
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Structures qui continuent", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    first_step = forms.CharField(label="La première chose à faire", max_length=150, required=False)
    due_date = forms.DateField(label="Pour le", required=False, widget=day_input())
    name = forms.CharField(
        label="Qui porte le projet", max_length=120, error_messages={"required": phrases.NO_NAME},
        help_text="La personne à qui le guichet répondra.",
    )  # fmt: skip
    email = forms.EmailField(
        label="Son adresse électronique", max_length=254, required=False,
        help_text="Une lettre lui demandera de confirmer, puis ouvrira son dossier.",
    )  # fmt: skip
    phone = PhoneField(label="Son téléphone", required=False)
    has_consent = forms.BooleanField(
        label="Cette personne est d’accord pour que le projet soit noté et suivi",
        error_messages={"required": phrases.NO_CONSENT},
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, initial=_known(meeting))
        self.fields["commune"].choices = [("", "Pas encore connue"), *home_towns()]  # type: ignore[attr-defined]
        asked = Invitation.objects.filter(meeting=meeting).values("organisation")
        field = cast("forms.ModelMultipleChoiceField[Organisation]", self.fields["organisations"])
        field.queryset = Organisation.objects.filter(pk__in=asked).order_by("name_key")
        if not field.queryset.exists():
            del self.fields["organisations"]

    @property
    def facts(self) -> dict[str, Any]:
        """As `open_from_workshop` takes it."""
        said = dict(self.cleaned_data)
        consent, chosen = said.pop("has_consent"), said.pop("organisations", ())
        commune = Commune.objects.filter(pk=said.pop("commune")).first()
        output = Output(**{**said, "stage": Stage(said["stage"])}, organisations=tuple(chosen), commune=commune)
        return {"output": output, "has_consent": consent}


def _known(meeting: Meeting) -> dict[str, Any]:
    """The theme's words, and what was said of it; those who said that they would come are ticked."""
    themes = themes_of(meeting)
    said = meeting.items.filter(theme__isnull=False).exclude(minutes="").order_by("position").first()
    coming = Invitation.objects.filter(meeting=meeting, reply="coming").values_list("organisation", flat=True)
    return {
        "stage": Stage.EMERGENCE, "need": " ".join(one.summary or one.title for one in themes)[:900],
        "aim": said.minutes[:1_000] if said else "", "organisations": list(coming),
    }  # fmt: skip
