"""What a screen of the back office does when a verb refuses."""

from __future__ import annotations

from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from maillage.accounts.backoffice.acting import pressed, tried


class Refused(Exception):
    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field


class NameForm(forms.Form):
    name = forms.CharField()


def _refuse(field: str) -> None:
    raise Refused("Pas ce nom.", field)


def test_a_refusal_stands_at_its_field_or_over_the_form() -> None:
    for field, place in (("name", "name"), ("elsewhere", "__all__"), ("", "__all__")):
        form = NameForm({"name": "Ada"})

        assert tried(form, lambda field=field: _refuse(field), Refused) is None  # type: ignore[misc]

        assert form.errors == {place: ["Pas ce nom."]}


def test_what_was_made_is_given_back_and_a_form_with_faults_calls_nothing() -> None:
    assert tried(NameForm({"name": "Ada"}), lambda: 7, Refused) == 7
    assert tried(NameForm({}), lambda: 1 / 0, Refused) is None


def test_a_button_says_that_it_is_done_or_why_not() -> None:
    request = RequestFactory().post("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]

    done = [
        pressed(request, "C’est fait.", lambda: None, Refused),
        pressed(request, "Non", lambda: _refuse(""), Refused),
    ]

    assert done == [True, False]
    assert [str(one).strip() for one in get_messages(request)] == ["C’est fait.", "Pas ce nom."]
