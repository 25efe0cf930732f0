"""The questions of a call, as the version of its form that the application keeps asks them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from maillage.calls import keys
from maillage.calls.enums import BlockKind
from maillage.calls.forms.applying import StepForm, day_field, yes_no_field
from maillage.calls.models.application import LONGEST
from ui.money import EurosField

NUMBER = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,6})?")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
Block = dict[str, Any]


class NumberField(forms.CharField):
    """A number as people type it, kept as text with a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean(self, value: Any) -> str:
        typed = _SPACES.sub("", str(super().clean(value)))
        if typed and not NUMBER.fullmatch(typed):
            raise forms.ValidationError("Écrivez un nombre, par exemple 12 ou 3,5.")
        return typed.replace(",", ".")

    def prepare_value(self, value: Any) -> Any:
        return value.replace(".", ",") if isinstance(value, str) else value


def _text(block: Block) -> forms.Field:
    most = int(block.get("most") or LONGEST)
    return forms.CharField(
        label=block["label"], required=False, max_length=most, widget=forms.Textarea(attrs={"rows": 5})
    )


def _choice(block: Block) -> forms.Field:
    told = [(one, one) for one in block["options"]]
    return forms.ChoiceField(label=block["label"], required=False, choices=told, widget=forms.RadioSelect)


def _choices(block: Block) -> forms.Field:
    told = [(one, one) for one in block["options"]]
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=block["label"], required=False, choices=told, widget=widget)


MAKERS: dict[str, Callable[[Block], forms.Field]] = {
    BlockKind.LINE: lambda block: forms.CharField(
        label=block["label"], required=False, max_length=int(block.get("most") or 255)),
    BlockKind.TEXT: _text,
    BlockKind.NUMBER: lambda block: NumberField(label=block["label"], required=False, max_length=24),
    BlockKind.EUROS: lambda block: EurosField(label=block["label"], required=False),
    BlockKind.DATE: lambda block: day_field(block["label"]),
    BlockKind.YES_NO: lambda block: yes_no_field(block["label"]),
    BlockKind.CHOICE: _choice,
    BlockKind.CHOICES: _choices,
}  # fmt: skip
IN_BOXES = (BlockKind.YES_NO, BlockKind.CHOICE, BlockKind.CHOICES)


class QuestionsForm(StepForm):
    """One field for each block that asks."""

    def build(self) -> None:
        for block in keys.asked_blocks(self.application):
            key, field = f"{keys.BLOCK}{block['key']}", MAKERS[block["kind"]](block)
            field.help_text = block.get("help", "")
            self.ask(key, field)
            if block["kind"] == BlockKind.EUROS and self.initial[key]:
                self.initial[key] = Decimal(self.initial[key])

    def is_wanted(self, name: str) -> bool:
        asked = keys.asked_blocks(self.application)
        return any(block.get("required") for block in asked if keys.BLOCK + block["key"] == name)

    def values(self) -> dict[str, Any]:
        return {key: _kept(value) for key, value in super().values().items()}

    @property
    def rows(self) -> list[tuple[Block, forms.BoundField | None, bool]]:
        """(block, its field or None for words to read, is it drawn as boxes?), in the order of the form."""
        told = []
        for block in keys.blocks_of(self.application):
            name = f"{keys.BLOCK}{block['key']}"
            told.append((block, self[name] if name in self.fields else None, block["kind"] in IN_BOXES))
        return told


def _kept(value: Any) -> Any:
    """As the answers keep it: text, bool, list of texts."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else "" if value is None else value
