"""What an agent asks of somebody outside the jury, and what they answer."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from maillage.accounts.forms import day_input
from maillage.calls.actions import Asked
from maillage.calls.enums import OutsideSense, SharedPart
from maillage.calls.forms.review import ActForm
from maillage.calls.models import AppliedFile, OutsideOpinion


def _name(file: AppliedFile) -> str:
    return file.name


class AskOutsideForm(ActForm):
    word = "outside"
    name = forms.CharField(label="Personne ou organisme", max_length=150)
    email = forms.EmailField(label="Son adresse électronique", max_length=254)
    question = forms.CharField(
        label="Ce que vous lui demandez", max_length=1_500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ces mots sont dans la lettre.",
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label="Ce qui lui est montré", choices=SharedPart.choices, required=False,
        widget=forms.CheckboxSelectMultiple, initial=[SharedPart.PROJECT],
        help_text="Elle lit aussi le titre, la structure et l’appel. Jamais les avis des autres.",
    )  # fmt: skip
    documents = forms.ModelMultipleChoiceField(
        AppliedFile.objects.none(), label="Documents montrés", required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label="Réponse pour le", widget=day_input())

    def __init__(self, data: Any = None, *, files: QuerySet[AppliedFile], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[AppliedFile]", self.fields["documents"])
        field.queryset = files
        field.label_from_instance = _name  # type: ignore[method-assign,assignment]

    @property
    def facts(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"asked": Asked(files=list(said.pop("documents")), **said)}


class NoteOutsideForm(ActForm):
    """What somebody said by telephone; its word names the opinion, since several may be waited for on a page."""

    words = forms.CharField(
        label="Ce qu’elle en dit", max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Avec ses mots, relus avec elle. Elle reçoit une lettre, pour pouvoir corriger.",
    )  # fmt: skip
    sense = forms.TypedChoiceField(
        label="En un mot", required=False, coerce=OutsideSense, empty_value=None,
        choices=[("", "Elle ne se prononce pas"), *OutsideSense.choices],
    )  # fmt: skip

    def __init__(self, data: Any = None, *, opinion: OutsideOpinion, **kwargs: Any) -> None:
        self.word = f"note-{opinion.pk}"
        super().__init__(data, **kwargs)


class AnswerOutsideForm(forms.Form):
    """Words, and perhaps a sense."""

    words = forms.CharField(
        label="Ce que vous en pensez", max_length=4_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="L’équipe, le jury et le comité le lisent.",
    )  # fmt: skip
    sense = forms.TypedChoiceField(
        label="En un mot", required=False, coerce=OutsideSense, empty_value=None,
        choices=[("", "Je ne me prononce pas"), *OutsideSense.choices],
    )  # fmt: skip
