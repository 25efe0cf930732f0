"""Agents sort needs: read, publish, gather, note for others, say what becomes of themes."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.kernel.models import SentForm
from maillage.needs.enums import Channel, Reading, ThemeState
from maillage.needs.models import Need, Theme
from maillage.territories.models import Commune
from tests.factories import small_territory
from tests.forms import form_in
from tests.needs.world import CHLOE, NAVETTE, agent, posted, published, said, theme_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
HOME = "/gestion/besoins/"


@pytest.fixture
def office() -> Client:
    small_territory()
    client = Client()
    client.force_login(agent())
    return client


def test_the_home_says_what_waits_and_nothing_when_nothing_does(office: Client) -> None:
    assert "needs-title" not in office.get("/gestion/").content.decode()
    said()
    published("Un café.")
    page = unescape(office.get("/gestion/").content.decode())
    assert "1\u00a0besoin à lire" in page
    assert "1\u00a0besoin à rapprocher" in page


def test_each_list_shows_its_needs(office: Client) -> None:
    new, known, gathered = said("Nouveau."), published("Publié seul."), published("Déjà regroupé.")
    theme_of([gathered])
    for which, there in (("a-lire", {new}), ("a-regrouper", {known}), ("publies", {known, gathered}), ("zut", {new})):
        page = office.get(f"{HOME}?liste={which}").content.decode()
        assert {one for one in (new, known, gathered) if f"{HOME}{one.pk}/" in page} == there
    assert "Aucun besoin dans cette liste" in office.get(f"{HOME}?liste=mis-de-cote").content.decode()


def test_an_agent_reads_mends_and_publishes(office: Client) -> None:
    need = said("Madame Zut ne conduit plus.", email=CHLOE)
    path = f"{HOME}{need.pk}/"
    fields = form_in(office.get(path).content.decode(), path)
    assert fields["words"] == "Madame Zut ne conduit plus."
    assert office.post(path, fields | {"words": ""}).status_code == 422
    assert office.post(path, fields | {"words": NAVETTE}).status_code == 302
    need.refresh_from_db()
    assert (need.reading, need.public_words) == (Reading.PUBLISHED, NAVETTE)
    assert "Madame Zut" in office.get(path).content.decode()
    again = office.post(path, fields | {"words": "Autre chose."})
    assert (again.status_code, "entre-temps" in again.content.decode()) == (409, True)


def test_an_agent_sets_aside_with_a_reason(office: Client) -> None:
    need = said(email=CHLOE)
    path = f"{HOME}{need.pk}/ecarter/"
    assert office.get(path).status_code == 405
    assert office.post(path, {"reason": "", "seen": "new"}).status_code == 422
    assert office.post(path, {"reason": "Déjà là.", "seen": "published"}).status_code == 409
    assert office.post(path, {"reason": "Déjà là.", "seen": "new"}).status_code == 302
    need.refresh_from_db()
    assert (need.reading, need.reason) == (Reading.SET_ASIDE, "Déjà là.")


def test_needs_that_are_alike_stand_together_and_make_a_theme(office: Client) -> None:
    one, other = published(email=CHLOE), published("Une navette vers la gare, sans voiture.")
    page = office.get(f"{HOME}{one.pk}/").content.decode()
    assert "ressemble à" in page
    fields = form_in(page, f"{HOME}regrouper/")
    sent = {**fields, "needs": [one.pk, other.pk], "theme": "new", "title": ""}
    refused = office.post(f"{HOME}regrouper/", sent)
    assert (refused.status_code, "Donnez un titre" in refused.content.decode()) == (422, True)
    assert office.post(f"{HOME}regrouper/", {**sent, "title": "Mobilité"}).status_code == 302
    theme = Theme.objects.get()
    assert set(theme.needs.all()) == {one, other}
    third = published("Un covoiturage.")
    assert office.post(f"{HOME}regrouper/", {"needs": [third.pk], "theme": theme.pk}).status_code == 302
    assert theme.needs.count() == 3
    again = office.post(f"{HOME}regrouper/", {**sent, "title": "Mobilité"})
    assert (again.status_code, "déjà ce titre" in unescape(again.content.decode())) == (422, True)
    assert office.post(f"{HOME}regrouper/", {"theme": theme.pk}).status_code == 302
    assert office.post(f"{HOME}{third.pk}/sortir/").status_code == 302
    assert theme.needs.count() == 2


def test_an_agent_notes_a_need_on_the_telephone(office: Client) -> None:
    path = f"{HOME}noter/"
    fields = form_in(office.get(path).content.decode()) | {"words": NAVETTE, "commune": "80620", "email": CHLOE}
    assert office.post(path, fields).status_code == 422
    fields |= {"has_consent": "on"}
    assert [office.post(path, fields).status_code for _ in range(2)] == [302, 302]
    need = Need.objects.get()
    assert (need.channel, need.consent_by, need.commune) == (Channel.PHONE, agent(), Commune.objects.get(pk="80620"))
    assert posted("needs.confirm") == [(CHLOE, "pending")]
    assert SentForm.objects.count() == 1
    assert office.post(path, fields | {"words": "Autre."}).status_code == 409
    wrong = form_in(office.get(path).content.decode()) | {"words": NAVETTE, "has_consent": "on", "email": "é@ex.test"}
    assert office.post(path, wrong).status_code == 422


def test_an_agent_says_each_turn_of_a_theme(office: Client) -> None:
    theme = theme_of([published(email=CHLOE)])
    path = f"{HOME}themes/{theme.pk}/"
    assert theme.title in office.get(f"{HOME}themes/").content.decode()
    page = office.get(path).content.decode()
    assert 'value="in_call"' not in page
    assert office.post(path, {"state": "in_call"}).status_code == 422
    assert office.post(path, {"state": "chosen", "sentence": ""}).status_code == 422
    assert office.post(path, {"state": "to_vote", "address": "zut"}).status_code == 422
    turns = (
        ("to_vote", "", "/votes/1/"), ("chosen", "Le plus demandé.", ""), ("in_call", "Appel.", "/appels/1/"),
        ("open", "La navette roule.", ""), ("closed", "Tout roule.", ""),
    )  # fmt: skip
    for state, sentence, address in turns:
        assert office.post(path, {"state": state, "sentence": sentence, "address": address}).status_code == 302
    theme.refresh_from_db()
    assert (theme.state, len(posted("needs.turn"))) == (ThemeState.CLOSED, 5)
    assert "prochaine étape" not in office.get(path).content.decode()


def test_numbers_that_no_database_takes_are_not_found(office: Client) -> None:
    for path in (f"{2**70}/", f"themes/{2**70}/"):
        assert office.get(f"{HOME}{path}").status_code == 404


def test_lists_ask_as_many_questions_for_three_as_for_one(office: Client) -> None:
    counts: dict[str, set[int]] = {}
    theme = theme_of([])
    for number in (1, 3):
        while Need.objects.count() < 2 * number:
            need = published(f"Navette {Need.objects.count()}", commune=Commune.objects.get(pk="80620"))
            theme_of([need], f"Thème {need.pk}")
            published(f"Chorale {Need.objects.count()}")
        for path in (f"{HOME}?liste=publies", f"{HOME}?liste=a-regrouper", f"{HOME}themes/"):
            office.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert office.get(path).status_code == 200
            counts.setdefault(path, set()).add(len(asked))
    assert theme.needs.count() == 0
    assert {path: len(found) for path, found in counts.items()} == dict.fromkeys(counts, 1)
