"""Nobody types again what their account says, and the form tells where it took it."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.test import Client

from maillage.accounts.models import User
from tests.factories import person
from tests.space.world import sheet
from ui.noted import Prefill, PrefilledForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines() -> User:
    return person("ines@exemple.test", first_name="Inès", last_name="Petit")


@pytest.mark.parametrize(
    ("page", "name", "email"),
    [("reprendre", "name", "email"), ("ecrire", "name", "email"), ("corriger", "author", "author_email")],
)
def test_the_forms_start_from_the_account(client: Client, ines: User, page: str, name: str, email: str) -> None:
    path = f"{sheet().get_absolute_url()}{page}/"
    stranger = client.get(path).content.decode()
    assert "Repris de votre compte" not in stranger
    client.force_login(ines)
    html = client.get(path).content.decode()
    assert html.count("Repris de votre compte") == 2
    assert re.search(rf'name="{name}" value="Inès Petit"', html)
    assert re.search(rf'name="{email}" value="ines@exemple\.test"', html)
    assert re.search(rf'<input[^>]*name="{email}"[^>]*aria-describedby="[^"]*id_{email}_note"', html)


def test_what_the_person_changed_is_theirs(client: Client, ines: User) -> None:
    path = f"{sheet().get_absolute_url()}ecrire/"
    client.force_login(ines)
    html = client.post(path, {"name": "Inès P.", "email": "ines@exemple.test", "words": ""}).content.decode()
    assert (html.count("Repris de votre compte"), "Inès P." in html) == (1, True)


def test_the_first_that_knows_a_field_wins_and_nothing_is_made_up() -> None:
    class Asked(PrefilledForm):
        name = forms.CharField()
        phone = forms.CharField()

    form = Asked(
        prefills=[
            Prefill({"name": "", "phone": "1", "other": "x"}, "du profil"),
            Prefill({"name": "A", "phone": "2"}, "du compte"),
        ]
    )
    told = {name: (form[name].value(), form.notes[name].text) for name in form.fields}
    assert told == {"name": ("A", "du compte"), "phone": ("1", "du profil")}
    assert Asked().notes == {}
