"""Fields that say, in one quiet line, where their value comes from or who will read it.

Words: a *note* stands under a field and is tied to it for screen readers; a *prefill* is what the site knows already of
whoever fills a form, so that nobody types it twice. Neighbours: the component `field` shows the note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField


@dataclass(frozen=True)
class Note:
    """text: where the value comes from, in French ("" for nothing to say); mark: a word before it, « Public »."""

    text: str = ""
    mark: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Prefill:
    """What is known already. values: {field: text}; origin: « Repris de votre compte »."""

    values: Mapping[str, str]
    origin: str


class NotedField(BoundField):
    """A field with the note that its form keeps for it."""

    @property
    def note(self) -> Note | None:
        notes: Mapping[str, Note] = getattr(self.form, "notes", {})
        return notes.get(self.name)

    @property
    def note_id(self) -> str:
        return f"{self.auto_id}_note"

    @property
    def aria_describedby(self) -> str | None:
        told = super().aria_describedby
        if told is None or self.note is None or not self.auto_id or self.is_hidden:
            return told
        return f"{told} {self.note_id}".strip()


class NotedForm(forms.Form):
    """A form whose fields may have notes: {field: Note}."""

    bound_field_class = NotedField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: dict[str, Note] = {}


class PrefilledForm(NotedForm):
    """Starts from what is known and says so; a value that the person changed is theirs, and says nothing.

    prefills: the first that knows a field wins; fields that the form does not ask are left.
    """

    def __init__(self, data: Any = None, *, prefills: Iterable[Prefill] = (), **kwargs: Any) -> None:
        known: dict[str, tuple[str, str]] = {}
        for one in prefills:
            for name, value in one.values.items():
                if value:
                    known.setdefault(name, (value, one.origin))
        initial = {name: value for name, (value, _) in known.items()} | dict(kwargs.pop("initial", None) or {})
        super().__init__(data, initial=initial, **kwargs)
        for name, (value, origin) in known.items():
            if name in self.fields and str(self[name].value() or "") == value:
                self.notes[name] = Note(origin, icon="user-check")
