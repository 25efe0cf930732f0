"""A ballot as a form: plain fields, one for each option, that work by keyboard and without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from maillage.choosing import content as contents
from maillage.choosing import phrases, receipts
from maillage.choosing.enums import Answer, Method
from maillage.choosing.models import Consultation, Option

PREFIX = "option_"


class _MayBeLeft:
    """A field that one may leave empty, in a form where that is no option but an answer: not said to be optional."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]


class DotsField(_MayBeLeft, forms.IntegerField):
    """How many dots for an option."""


class RankField(_MayBeLeft, forms.TypedChoiceField):
    """The rank of an option, or none."""


class BallotForm(forms.Form):
    """Reads what somebody answers; `content` is then as `content.checked` wants it, `code` that of the receipt.

    shown: the ballot that the voice has, to start from. wants_receipt: a secret voice that voted proves its ballot.
    with_code: False for paper, whose receipt is the sheet.
    """

    use_required_attribute = False
    bulletin = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, consultation: Consultation, options: Sequence[Option],
        shown: Mapping[str, Any] | None = None, wants_receipt: bool = False, with_code: bool = True, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.consultation, self.options = consultation, options
        self.content: dict[str, Any] = {}
        self.code = receipts.signed(data.get("bulletin", "")) if data is not None else ""
        if data is not None and with_code and not self.code:
            data = data.copy()
            data["bulletin"] = receipts.sign(receipts.draw_code())
            self.code = receipts.signed(data["bulletin"])
        super().__init__(data, initial=_initial(consultation.method, shown), **kwargs)
        self.fields.update(self._questions())
        if wants_receipt:
            self.fields["receipt"] = forms.CharField(
                label="Le code de votre reçu", max_length=40, help_text="Seize lettres et chiffres, en quatre groupes.",
                widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
            )  # fmt: skip
        if with_code:
            self.fields["bulletin"].initial = lambda: receipts.sign(receipts.draw_code())
        else:
            del self.fields["bulletin"]

    def _questions(self) -> dict[str, forms.Field]:
        if self.consultation.method == Method.CONSENT:
            return {
                "answer": forms.ChoiceField(label="Votre réponse", choices=Answer, widget=forms.RadioSelect,
                                            error_messages={"required": phrases.CHOOSE_AN_ANSWER}),
                "reason": forms.CharField(label="Pourquoi", required=False, max_length=contents.LONGEST_REASON,
                                          widget=forms.Textarea(attrs={"rows": 3}),
                                          help_text="Demandé pour une objection\u00a0: c’est elle que l’on traite."),
            }  # fmt: skip
        return {f"{PREFIX}{option.letter}": self._question(option) for option in self.options}

    def _question(self, option: Option) -> forms.Field:
        if self.consultation.method == Method.DOTS:
            most = self.consultation.dots or 0
            return DotsField(
                label=str(option), help_text=option.description, min_value=0, max_value=most,
                error_messages={"min_value": phrases.NOT_A_NUMBER, "invalid": phrases.NOT_A_NUMBER,
                                "max_value": phrases.MOST_DOTS.format(dots=phrases.dots_words(most))},
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "ballot-number"}),
            )  # fmt: skip
        ranks = [("", "Pas classée"), *((number, str(number)) for number in range(1, len(self.options) + 1))]
        return RankField(
            label=str(option), help_text=option.description, choices=ranks, coerce=int,
            empty_value=None, widget=forms.Select(attrs={"class": "ballot-number"}),
        )  # fmt: skip

    @property
    def questions(self) -> list[Any]:
        """The fields that the person answers, the proof by receipt last."""
        return [field for field in self if field.name not in {"bulletin", "voice"}]

    def clean_receipt(self) -> str:
        code = receipts.tidy(self.cleaned_data["receipt"])
        if not code:
            raise forms.ValidationError(phrases.RECEIPT_UNKNOWN)
        return code

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        try:
            self.content = contents.checked(
                self.consultation.method, self._said(said), options=[option.letter for option in self.options],
                dots=self.consultation.dots or 0,
            )  # fmt: skip
        except contents.ContentRefused as refusal:
            self.refuse(refusal.phrase, refusal.option)
        return said

    def _said(self, said: dict[str, Any]) -> dict[str, Any]:
        if self.consultation.method == Method.CONSENT:
            return {"answer": said["answer"], "reason": said["reason"]}
        given = {option.letter: said[f"{PREFIX}{option.letter}"] for option in self.options}
        if self.consultation.method == Method.DOTS:
            return {"dots": {letter: number or 0 for letter, number in given.items()}}
        return contents.from_ranks(given)

    def refuse(self, phrase: str, field: str = "") -> None:
        """Say why nothing was kept, beside the option or the receipt when it is about one."""
        names = (f"{PREFIX}{field}", field)
        self.add_error(next((name for name in names if name in self.fields), None), phrase)


def _initial(method: str, shown: Mapping[str, Any] | None) -> dict[str, Any]:
    if shown is None:
        return {}
    if method == Method.CONSENT:
        return dict(shown)
    marks = shown["dots"] if method == Method.DOTS else contents.ranks_in(shown)
    return {f"{PREFIX}{letter}": mark for letter, mark in marks.items()}
