"""Agents keep the catalogue: add, correct, take back the source's words, withdraw, tell to organisations."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.aids import actions, queries
from maillage.aids.models import Aid, AidAdvice
from maillage.kernel.models import JournalEntry
from maillage.space import actions as space
from maillage.space.enums import Part
from tests.aids.world import AT, ON, SOURCE, agent, later, made, posted, received, sample, subjects
from tests.directory.test_sheet import published
from tests.factories import small_territory
from tests.forms import form_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]
HOME = "/gestion/aides/"


@pytest.fixture
def office() -> Client:
    small_territory()
    subjects()
    client = Client()
    client.force_login(agent())
    return client


def shown(office: Client, address: str) -> str:
    return unescape(office.get(address).content.decode())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"), ({"name": "x" * 251}, "name"), ({"audiences": ["martian"]}, "audiences"),
        ({"themes": ["zut"]}, "themes"), ({"coverage": ["planet:mars"]}, "coverage"),
        ({"recurrence": "zut"}, "recurrence"),
        ({"origin_url": "javascript:x()"}, "origin_url"), ({"origin_url": "http://[zut"}, "origin_url"),
        ({"rate_max_percent": 101}, "rate_max_percent"),
        ({"rate_min_percent": 9, "rate_max_percent": 8}, "rate_max_percent"),
        ({"amount_min": 9, "amount_max": 8}, "amount_max"), ({"amount_max": -1}, "amount_max"),
        ({"start_date": ON, "deadline_date": later(-1).date()}, "deadline_date"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_where_it_is(values: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.AidRefused) as refused:
        made(**values)
    assert (refused.value.field, Aid.objects.count()) == (field, 0)


def test_two_aids_of_one_name_have_two_addresses_and_none_takes_a_page() -> None:
    assert [made("Possibles").slug, made("Possibles").slug, made("!").slug] == ["possibles-2", "possibles-3", "aide"]


def test_an_agent_adds_an_aid_once(office: Client) -> None:
    path = f"{HOME}nouvelle/"
    fields = form_in(office.get(path).content.decode())
    assert office.post(path, fields).status_code == 422
    said = {
        **fields, "name": "Un coup de main", "financers": "La CC\nLe département", "coverage": "Somme\nPéronne",
        "audiences": ["association"], "types": ["grant"], "themes": ["culture"], "amount_max": "5000",
        "deadline_date": "2027-03-31",
    }  # fmt: skip
    wrong = office.post(path, {**said, "coverage": "Atlantide"})
    assert (wrong.status_code, "n’est pas un lieu connu" in unescape(wrong.content.decode())) == (422, True)
    assert [office.post(path, said).status_code for _ in range(2)] == [302, 302]
    aid = Aid.objects.get()
    assert (aid.financers, aid.coverage, aid.amount_max) == (
        ["La CC", "Le département"], ["department:80", "commune:80620"], 5_000
    )  # fmt: skip
    assert "Somme\nPéronne" in shown(office, f"{HOME}{aid.pk}/")
    assert JournalEntry.objects.filter(verb="create_aid", object_id=aid.pk).count() == 1


def test_an_agent_corrects_and_takes_the_source_s_words_back(office: Client) -> None:
    received(sample()[1:])
    aid = Aid.objects.get(source_key="12")
    path = f"{HOME}{aid.pk}/"
    fields = form_in(office.get(path).content.decode(), path)
    lists = {"audiences": aid.audiences, "types": aid.types, "themes": aid.themes}
    assert office.post(path, {**fields, **lists, "loan_amount": "40000"}).status_code == 302
    aid.refresh_from_db()
    assert (aid.loan_amount, aid.edited) == (40_000, ["loan_amount"])
    assert "30000" in shown(office, path)
    stale = office.post(path, {**fields, **lists, "name": "Autre"})
    assert (stale.status_code, "entre-temps" in unescape(stale.content.decode())) == (409, True)
    assert "Un prêt" in shown(office, f"{HOME}?liste=corrigees")
    assert office.post(f"{path}reprendre/loan_amount/").status_code == 302
    assert office.post(f"{path}reprendre/loan_amount/").status_code == 302
    aid.refresh_from_db()
    assert (aid.loan_amount, aid.edited) == (30_000, [])


def test_what_is_withdrawn_is_seen_by_nobody_and_comes_back(office: Client) -> None:
    aid = made()
    path = f"{HOME}{aid.pk}/"
    assert office.post(f"{path}retirer/", {"reason": ""}).status_code == 422
    assert office.post(f"{path}retirer/", {"reason": "Doublon"}).status_code == 302
    assert Client().get(aid.get_absolute_url()).status_code == 404
    assert "Doublon" in shown(office, path)
    assert aid.name in shown(office, f"{HOME}?liste=retirees")
    with pytest.raises(actions.AidRefused):
        actions.advise_aid(aid=Aid.objects.get(), about=agent(), words="Pour vous.", by=agent(), at=AT)
    assert office.post(f"{path}remettre/").status_code == 302
    assert Client().get(aid.get_absolute_url()).status_code == 200


def test_an_aid_is_told_to_organisations_each_person_once(office: Client) -> None:
    aid, one, other = made(), published("L’une"), published("L’autre")
    for each in (one, other):
        space.admit(organisation=each, email="alice@exemple.test", part=Part.MANAGER, by=None, at=AT)
    path = f"{HOME}{aid.pk}/signaler/"
    assert office.post(path, {"words": "Pour vous."}).status_code == 422
    assert office.post(path, {"organisations": [one.pk, other.pk], "words": ""}).status_code == 422
    for _ in range(2):
        assert office.post(path, {"organisations": [one.pk, other.pk], "words": "C’est pour vous."}).status_code == 302
    assert posted("aids.pushed") == [("alice@exemple.test", "waiting")]
    assert [advice.aid for advice in queries.advice_about(one)] == [aid]
    alice = Client()
    alice.force_login(one.memberships.get().user)
    assert "C’est pour vous." in unescape(alice.get("/moi/").content.decode())


def test_advice_comes_first_and_what_was_removed_is_not_proposed() -> None:
    small_territory()
    target, good, bad = published("L’une"), made("Bonne"), made("Mauvaise")
    possible = queries.possible_for_organisation(target, on=ON)
    assert {found.aid for found in possible.fitting} == {good, bad}
    actions.remove_advice(aid=bad, about=target, words="Trop lourde.", by=agent(), at=AT)
    actions.advise_aid(aid=good, about=target, words="Courte.", by=agent(), at=AT)
    assert [found.aid for found in queries.advised(target, possible).fitting] == [good]
    actions.advise_aid(aid=bad, about=target, words="Finalement oui.", by=agent(), at=later())
    assert AidAdvice.objects.get(aid=bad).words == "Finalement oui."
    for words in ("", "x" * 301):
        with pytest.raises(actions.AidRefused):
            actions.advise_aid(aid=good, about=target, words=words, by=agent(), at=AT)


def test_lists_are_searched_paged_and_cost_the_same_whatever_they_hold(office: Client) -> None:
    counts = set()
    for number in (1, 35):
        received([{**sample()[1], "id": rank, "name": f"Prêt {rank}"} for rank in range(number)])
        address = f"{HOME}?liste=toutes&q=pret&source={SOURCE}"
        office.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = office.get(address).content.decode()
        counts.add(len(asked))
    assert len(counts) == 1
    assert "Page 1 sur 2" in page
    assert "Prêt 1<" not in office.get(f"{HOME}?q=introuvable").content.decode()


def test_numbers_that_no_database_takes_are_not_found(office: Client) -> None:
    assert office.get(f"{HOME}{2**70}/").status_code == 404
