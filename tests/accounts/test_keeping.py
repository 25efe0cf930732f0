"""What somebody typed is shown again when their session ended or their page was too old, and only to them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from maillage.directory.models import Organisation
from tests.space.test_suggestions import typed
from tests.space.world import manager, sheet

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}
TEXT = "Nous réparons des vélos et <b>des machines</b>, pour tout le monde."


@pytest.fixture
def one() -> Organisation:
    return sheet()


def test_a_session_that_ended_loses_nothing(client: Client, one: Organisation) -> None:
    alice, path = manager(one), f"/moi/structures/{one.pk}/"
    client.force_login(alice)
    sent = typed(client, path, description=TEXT)
    client.logout()
    answer = client.post(path, sent, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Connectez-vous dans un nouvel onglet" in page
    assert "&lt;b&gt;des machines" in page
    assert TEXT not in page
    client.force_login(alice)
    assert client.post(path, typed_again(page)).status_code == 302
    one.refresh_from_db()
    assert one.description == TEXT


def typed_again(page: str) -> dict[str, str]:
    from html import unescape

    form = page[page.index('<form method="post">') :]
    return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}


def test_a_stale_token_loses_nothing_and_the_answer_holds_a_fresh_one(one: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager(one))
    path = f"/moi/structures/{one.pk}/"
    sent = {**typed(client, path, description=TEXT), "csrfmiddlewaretoken": "a" * 64}
    answer = client.post(path, sent, headers=OURS)
    assert (answer.status_code, "ouverte trop longtemps" in answer.content.decode()) == (403, True)
    again = typed_again(answer.content.decode())
    assert client.post(path, again, headers=OURS).status_code == 302
    one.refresh_from_db()
    assert one.description == TEXT


def test_another_site_cannot_have_its_words_sent_by_our_button(one: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager(one))
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.test"}, {}):
        answer = client.post(f"/moi/structures/{one.pk}/", {"description": TEXT}, headers=headers)
        assert (answer.status_code, "machines" in answer.content.decode()) == (403, False)
    signed_out = Client().post(
        f"/moi/structures/{one.pk}/", {"description": TEXT}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert signed_out.status_code == 302


def test_a_password_is_never_shown_again() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/connexion/mot-de-passe/", {"login": "a@b.test", "password": "secret-secret"}, headers=OURS)
    assert (answer.status_code, "secret-secret" in answer.content.decode()) == (403, False)


def test_a_script_gets_a_sentence_and_a_fresh_token(client: Client, one: Organisation) -> None:
    path = f"/moi/structures/{one.pk}/"
    answer = client.post(path, {"description": TEXT}, headers={**OURS, "HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "rien n’est perdu" in page
    assert 'hx-swap-oob="outerHTML:form[hx-post] [name=csrfmiddlewaretoken]"' in page
    assert "<form" not in page
