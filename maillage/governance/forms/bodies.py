"""What strangers and managers type to enter a body; what agents type to keep it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.forms import day_input
from maillage.accounts.strangers import StrangerForm
from maillage.directory.models import Organisation
from maillage.governance.enums import Function, Joining, Kind
from maillage.governance.models import Body, College, Member
from maillage.strategy.models import Measure

CHARTER = "J’ai lu la charte, et je l’accepte"
CHARTER_NEEDED = {"required": "Lisez la charte, puis cochez cette case."}


class EnterForm(StrangerForm):
    """Somebody enters an open body by an address."""

    name = forms.CharField(label="Votre nom", max_length=120)
    email = forms.EmailField(
        label="Votre adresse électronique", max_length=254, help_text="Une lettre y part\u00a0: son bouton confirme."
    )
    charter = forms.BooleanField(label=CHARTER, error_messages=CHARTER_NEEDED)

    def __init__(self, data: Any = None, *, body: Body, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if not body.charter:
            del self.fields["charter"]


class AskForm(forms.Form):
    """The manager of an organisation asks for its seat."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Votre structure", empty_label=None)
    words = forms.CharField(
        label="Ce que vous en attendez", max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    charter = forms.BooleanField(label=CHARTER, error_messages=CHARTER_NEEDED)

    def __init__(self, data: Any = None, *, body: Body, organisations: QuerySet[Organisation]) -> None:
        super().__init__(data)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = organisations
        if not body.charter:
            del self.fields["charter"]


class BodyForm(forms.Form):
    """All that agents keep of a body."""

    kind = forms.ChoiceField(label="Sorte", choices=Kind)
    name = forms.CharField(label="Nom", max_length=120)
    slug = forms.SlugField(
        label="Adresse de sa page", max_length=80, required=False, help_text="Laissez vide\u00a0: elle vient du nom."
    )
    purpose = forms.CharField(
        label="À quoi elle sert", max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Quelques phrases simples, lues par les habitants.",
    )  # fmt: skip
    joining = forms.ChoiceField(label="Qui peut y entrer", choices=Joining)
    quorum_percent = forms.IntegerField(
        label="Quorum, en % des membres", min_value=0, max_value=100, initial=0,
        help_text="Présents ou représentés. Zéro\u00a0: pas de quorum.",
    )  # fmt: skip
    charter = forms.CharField(
        label="Charte", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    charter_date = forms.DateField(label="Charte du", widget=day_input(), required=False)
    measure = forms.ModelChoiceField(
        Measure.objects.none(), label="Dans la stratégie", required=False, empty_label="Aucune ligne"
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, measures: QuerySet[Measure], body: Body | None = None) -> None:
        shown = {} if body is None else {name: getattr(body, name) for name in self.base_fields if name != "seen_at"}
        if body is not None:
            shown["seen_at"] = body.changed_at.isoformat()
        super().__init__(data, initial=shown)
        cast("forms.ModelChoiceField[Measure]", self.fields["measure"]).queryset = measures

    @property
    def facts(self) -> dict[str, Any]:
        """As `open_body` and `revise_body` take them; an empty address is left out."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen_at"}
        return said if said["slug"] else {name: value for name, value in said.items() if name != "slug"}


class CollegeForm(forms.Form):
    """One more college."""

    label = forms.CharField(label="Un collège de plus", max_length=120)


class MemberForm(forms.Form):
    """A new mandate, or one that changes (its address does not)."""

    name = forms.CharField(label="Nom", max_length=120, required=False)
    email = forms.EmailField(label="Adresse électronique", max_length=254)
    organisation = forms.CharField(
        label="Parle pour (adresse de la fiche)", max_length=150, required=False,
        help_text="La fin de l’adresse de sa fiche, comme «\u00a0le-fil-vert\u00a0». Vide\u00a0: pour elle-même.",
    )  # fmt: skip
    college = forms.ModelChoiceField(
        College.objects.none(), label="Collège", required=False, empty_label="Aucun collège"
    )
    function = forms.ChoiceField(label="Fonction", choices=Function, initial=Function.MEMBER)
    since = forms.DateField(label="Depuis le", widget=day_input(), initial=timezone.localdate)
    until = forms.DateField(
        label="Jusqu’au", widget=day_input(), required=False, help_text="Le mandat finit ce jour-là, tout seul."
    )

    def __init__(self, data: Any = None, *, body: Body, member: Member | None = None) -> None:
        shown: dict[str, Any] = {}
        if member is not None:
            shown = {name: getattr(member, name) for name in ("name", "college", "function", "since", "until")}
            shown["organisation"] = member.organisation.slug if member.organisation else ""
        super().__init__(data, initial=shown, auto_id=f"member-{member.pk if member else 'new'}-%s")
        colleges = body.colleges.order_by("position")
        cast("forms.ModelChoiceField[College]", self.fields["college"]).queryset = colleges
        if member is not None:
            del self.fields["email"]
        if not colleges.exists():
            del self.fields["college"]

    def clean_organisation(self) -> Organisation | None:
        slug = str(self.cleaned_data["organisation"]).strip().strip("/").rpartition("/")[2]
        if not slug:
            return None
        found = Organisation.objects.filter(slug=slug, merged_into=None).first()
        if found is None:
            raise forms.ValidationError("Aucune fiche n’a cette adresse.")
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """As `admit_member` and `revise_member` take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "email"}


class DecideForm(forms.Form):
    """Accept or refuse a request."""

    reason = forms.CharField(
        label="Un mot pour la structure", max_length=300, required=False, help_text="Demandé pour refuser."
    )
