"""What the team types on an application: each form of one act, as its verb takes it (`facts`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from maillage.accounts.forms import ColleagueField, day_input
from maillage.accounts.models import User
from maillage.calls.actions import Said
from maillage.calls.enums import Sense
from maillage.calls.models import Authority, Call
from maillage.calls.phrases import review as phrases
from maillage.calls.queries.admissibility import Point
from maillage.calls.queries.office import SORTS
from maillage.governance.models import Meeting
from ui.money import EurosField


def _text(label: str, rows: int, longest: int, *, required: bool = True, **words: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **words)


class ListForm(forms.Form):
    """Filters of the list, in its address."""

    q = forms.CharField(label="Titre, structure, numéro", max_length=100, required=False)
    appel = forms.ModelChoiceField(Call.objects.none(), label="Appel", required=False, empty_label="Tous")
    autorite = forms.ModelChoiceField(Authority.objects.none(), label="Autorité", required=False, empty_label="Toutes")
    tri = forms.ChoiceField(label="Ordre", required=False, choices=list(SORTS.items()))
    lire = forms.BooleanField(label="À noter par moi", required=False)
    retard = forms.BooleanField(label="En retard", required=False)

    def __init__(self, data: Any = None, *, calls: QuerySet[Call], authorities: QuerySet[Authority]) -> None:
        super().__init__(data, auto_id="filtre-%s")
        cast("forms.ModelChoiceField[Call]", self.fields["appel"]).queryset = calls
        cast("forms.ModelChoiceField[Authority]", self.fields["autorite"]).queryset = authorities


class ActForm(forms.Form):
    """A form of one act; its ids begin with its word: many are on a page."""

    word = "form"

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{self.word}-%s", **kwargs)

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class PointsForm(ActForm):
    """Every point of admissibility, with what the site proposes or what was said before."""

    word = "points"

    def __init__(self, data: Any = None, *, points: Sequence[Point] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for one in points:
            met = one.check.is_met if one.check else one.is_met
            note = one.check.note if one.check else ("" if one.is_met else one.words[:300])
            self.fields[one.item] = forms.TypedChoiceField(
                label=one.label, choices=[("1", "Rempli"), ("0", "Pas rempli")], coerce=lambda value: value == "1",
                initial="1" if met else "0", help_text=one.words,
            )  # fmt: skip
            self.fields[f"{one.item}_note"] = forms.CharField(
                label=f"Précision\u00a0: {one.label[:1].lower()}{one.label[1:]}", max_length=300, required=False,
                initial=note,
            )  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"points": {item: (said[item], said[f"{item}_note"]) for item in phrases.ITEMS}}


class ReasonForm(ActForm):
    word = "inadmissible"
    reason = _text("Pourquoi", 3, 500, help_text="La structure reçoit ces mots par lettre.")


class CompletionForm(ActForm):
    word = "completion"
    fields_open = forms.MultipleChoiceField(
        label="Ce que la structure pourra changer", widget=forms.CheckboxSelectMultiple
    )
    words = _text("Ce qui manque", 4, 1_500, help_text="La structure reçoit ces mots par lettre.")
    due_on = forms.DateField(label="Pour le", widget=day_input())

    def __init__(self, data: Any = None, *, choices: dict[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cast("forms.MultipleChoiceField", self.fields["fields_open"]).choices = list(choices.items())

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"fields": said["fields_open"], "words": said["words"], "due_on": said["due_on"]}


class CloseForm(ActForm):
    word = "close"
    why = forms.CharField(label="Pourquoi ne plus attendre", max_length=300)


class OpinionForm(ActForm):
    word = "opinion"
    sense = forms.TypedChoiceField(label="Avis du comité", choices=Sense.choices, coerce=Sense)
    proposed = EurosField(label="Montant proposé", required=False)
    words = _text("Motif", 3, 1_000, required=False, help_text="Obligatoire si l’avis n’est pas favorable.")
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label="Réunion", required=False)
    given_on = forms.DateField(label="Rendu le", widget=day_input(), initial=timezone.localdate)

    def __init__(self, data: Any = None, *, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cast("forms.ModelChoiceField[Meeting]", self.fields["meeting"]).queryset = meetings

    @property
    def facts(self) -> dict[str, Any]:
        return {"said": Said(**self.cleaned_data)}


class RecusalForm(ActForm):
    word = "recusal"
    user = ColleagueField(User.objects.none(), label="Qui se déporte")
    reason = forms.CharField(
        label="Pourquoi", max_length=300, help_text="Le dossier ne lui est plus montré, nulle part."
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cast("ColleagueField", self.fields["user"]).queryset = people


class TakeBackForm(ActForm):
    word = "take-back"
    reason = forms.CharField(label="Pourquoi revenir sur ce déport", max_length=300)


class NameForm(ActForm):
    word = "name"
    email = forms.EmailField(label="Adresse électronique de son compte", max_length=254)
