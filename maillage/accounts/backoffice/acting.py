"""What our back offices do with a verb that may refuse: one way for a form, one for a button alone.

Words: a *refusal* is an error of a room with its French `phrase` and, when it is about one, the `field` of the form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest
from wagtail.admin import messages

Made = TypeVar("Made")
Refusals = type[Exception] | tuple[type[Exception], ...]


def tried(form: forms.Form, verb: Callable[[], Made], refusals: Refusals) -> Made | None:
    """What the verb made of a form that is filled in well; None otherwise, and the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return verb()
    except refusals as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, getattr(refusal, "phrase", str(refusal)))
        return None


def pressed(request: HttpRequest, done: str, verb: Callable[[], object], refusals: Refusals) -> bool:
    """Call the verb of a button; a message says that it is done, or why not."""
    try:
        verb()
    except refusals as refusal:
        messages.error(request, getattr(refusal, "phrase", str(refusal)))
        return False
    messages.success(request, done)
    return True
