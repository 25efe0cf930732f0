"""What is typed to set a workshop up: when, where, who hosts it, which organisations are asked."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from maillage.accounts.forms import day_input
from maillage.directory.models import Organisation
from maillage.governance.enums import HOSTS
from maillage.governance.forms.meetings import moments_of, time_input
from maillage.governance.models import Body
from maillage.governance.queries.workshops import open_organisations


class WorkshopForm(forms.Form):
    """A meeting on a theme, and who is asked to it; the page draws a box for each organisation."""

    organisations = forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(), error_messages={"required": "Cochez au moins une structure à inviter."}
    )
    body = forms.ModelChoiceField(
        label="L’instance qui accueille l’atelier", queryset=Body.objects.none(), empty_label=None
    )
    place = forms.CharField(label="Lieu", max_length=200)
    day = forms.DateField(label="Jour", widget=day_input())
    starts = forms.TimeField(label="De", widget=time_input())
    ends = forms.TimeField(label="À", widget=time_input())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="atelier-%s")
        organisations = cast("forms.ModelMultipleChoiceField[Any]", self.fields["organisations"])
        organisations.queryset = open_organisations()
        hosts = Body.objects.filter(kind__in=HOSTS).order_by("name", "pk")
        cast("forms.ModelChoiceField[Body]", self.fields["body"]).queryset = hosts

    @property
    def facts(self) -> dict[str, Any]:
        """As `set_up_workshop` takes them, without whom to ask."""
        said = self.cleaned_data
        starts_at, ends_at = moments_of(said["day"], said["starts"], said["ends"])
        return {"body": said["body"], "place": said["place"], "starts_at": starts_at, "ends_at": ends_at}


class ThemeTitleForm(forms.Form):
    """The title of the theme that a need opens."""

    title = forms.CharField(
        label="Le titre du thème", max_length=120, help_text="Tout le monde le lira. Par exemple : Mobilité solidaire."
    )
