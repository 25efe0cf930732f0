"""The history of a sheet as its own people read it, and the way back, never over another's change in silence."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.directory import actions as directory
from maillage.directory.models import Organisation
from maillage.kernel.actions import name_source
from maillage.kernel.models import JournalEntry, Source
from maillage.space import actions
from maillage.space.enums import Part
from tests.accounts.people import LONG_AGO, holder
from tests.factories import epci, human_source, open_source, person
from tests.space.world import AT, manager, sheet
from ui import french

pytestmark = pytest.mark.django_db


def revise(one: Organisation, by: User | None, batch: str = "", note: str = "", **facts: Any) -> JournalEntry:
    source = open_source() if batch else human_source()
    directory.revise_organisation(organisation=one, facts=facts, source=source, by=by, at=AT, batch=batch, note=note)
    return JournalEntry.objects.latest("pk")


def page(client: Client, one: Organisation, rest: str = "") -> str:
    return unescape(client.get(f"/moi/structures/{one.pk}/historique/{rest}").content.decode())


def ticked(html: str) -> set[str]:
    return set(re.findall(r'name="fields_back" value="([^"]+)"[^>]* checked', html))


@pytest.fixture
def one() -> Organisation:
    return sheet(services="Couture")


def test_people_are_named_to_each_other_and_agents_are_not(client: Client, one: Organisation) -> None:
    alice, ines = manager(one), manager(one, "ines@exemple.test", Part.CONTRIBUTOR)
    gone = manager(one, "gone@exemple.test", Part.CONTRIBUTOR)
    actions.leave(membership=gone.memberships.get(), by=gone, at=AT)
    officer = person("rachid@exemple.test", first_name="Rachid")
    Mandate.objects.create(user=officer, role=Role.LIAISON_OFFICER, epci=epci(), start_date=LONG_AGO)
    agent = holder(Role.AGENT, first_name="Bruno")
    revise(one, alice, services="1")
    revise(one, ines, services="2")
    revise(one, gone, services="3")
    revise(one, agent, services="4")
    revise(one, officer, services="5", note="proposition 12")
    revise(one, None, batch="import:3", website="https://atelier.test")
    actions.confirm_sheet(organisation=one, source=name_source(kind="owner", title="x", on=AT.date()), by=None, at=AT)
    client.force_login(alice)
    told = page(client, one)
    for voice in (
        "Modification, par vous ", "Modification, par ines@exemple.test ",
        "Modification, par une personne qui a quitté votre structure ", "Modification, par l’équipe du territoire ",
        "Modification, par une proposition acceptée par la personne référente de l’intercommunalité ",
        f"Modification, par un import du {french.day(AT)} ", "Vérification, par la réponse à votre lettre ",
    ):  # fmt: skip
        assert told.count(voice) == 1, voice
    assert ("Bruno" in told, "Rachid" in told, "gone@exemple.test" in told) == (False, False, False)
    assert "<del>4</del>" in told
    assert "<ins>5</ins>" in told


def test_the_way_back_is_shown_then_taken(client: Client, one: Organisation) -> None:
    alice = manager(one)
    act = revise(one, alice, services="Vélo", acronym="ADP")
    client.force_login(alice)
    path = f"/moi/structures/{one.pk}/historique/{act.pk}/"
    asked = client.get(path)
    assert ticked(asked.content.decode()) == {"acronym", "services"}
    one.refresh_from_db()
    assert one.services == "Vélo"
    today = asked.context["form"].initial["today"]
    answer = client.post(path, {"fields_back": ["services"], "today": json.dumps(today)})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.services, one.acronym) == ("Couture", "ADP")
    said = Source.objects.get(pk=one.sources["services"])
    assert (said.kind, said.is_human) == (Source.Kind.OWNER, True)
    assert JournalEntry.objects.latest("pk").verb == "revert"


def test_a_later_change_is_told_and_not_taken_back_by_itself(client: Client, one: Organisation) -> None:
    alice = manager(one)
    act = revise(one, alice, services="Vélo", acronym="ADP")
    revise(one, None, services="Menuiserie")
    client.force_login(alice)
    path = f"/moi/structures/{one.pk}/historique/{act.pk}/"
    asked = client.get(path)
    told = asked.content.decode()
    assert (ticked(told), told.count("Quelqu’un l’a changé depuis")) == ({"acronym"}, 1)
    assert "Menuiserie" in told
    today = asked.context["form"].initial["today"]
    revise(one, None, services="Soudure")
    late = client.post(path, {"fields_back": ["services"], "today": json.dumps(today)})
    assert (late.status_code, "a changé pendant que vous lisiez" in late.content.decode()) == (409, True)
    one.refresh_from_db()
    assert one.services == "Soudure"
    assert client.post(path, {"fields_back": ["services"], "today": json.dumps(late.context["form"].initial["today"])})
    one.refresh_from_db()
    assert one.services == "Couture"


def test_what_members_do_not_change_is_not_theirs_to_give_back(client: Client, one: Organisation) -> None:
    alice = manager(one)
    act = revise(one, None, siren="732829320", services="Vélo")
    client.force_login(alice)
    assert "Revenir avant" not in page(client, one)
    path = f"/moi/structures/{one.pk}/historique/{act.pk}/"
    assert "demandez à l’équipe du territoire" in client.get(path).content.decode()
    with pytest.raises(actions.GiveBackRefused, match="touche autre chose"):
        actions.give_back(
            organisation=one, act=act, fields=["services"], today=actions.shown_today(one, act), by=alice, at=AT
        )
    client.post(path, {"fields_back": ["services"], "today": "{}"})
    one.refresh_from_db()
    assert one.services == "Vélo"


def test_an_act_on_another_sheet_is_not_found(client: Client, one: Organisation) -> None:
    alice = manager(one)
    act = revise(sheet("Ailleurs"), None, services="Vélo")
    client.force_login(alice)
    assert client.get(f"/moi/structures/{one.pk}/historique/{act.pk}/").status_code == 404
    with pytest.raises(actions.GiveBackRefused):
        actions.give_back(organisation=one, act=act, fields=[], today={}, by=alice, at=AT)


def test_a_contributor_whose_changes_wait_reads_but_does_not_turn_back(client: Client, one: Organisation) -> None:
    alice, ines = manager(one), manager(one, "ines@exemple.test", Part.CONTRIBUTOR)
    act = revise(one, alice, services="Vélo")
    client.force_login(ines)
    path = f"/moi/structures/{one.pk}/historique/{act.pk}/"
    assert (client.get(path).status_code, "Revenir avant" in page(client, one)) == (200, True)
    actions.set_contributors_wait(organisation=one, is_on=True, by=alice, at=AT)
    assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)
    told = page(client, one)
    assert ("Vélo" in told, "Revenir avant" in told) == (True, False)


def test_the_page_costs_the_same_with_one_act_and_with_many(
    client: Client, one: Organisation, django_assert_num_queries: Any
) -> None:
    alice = manager(one)
    client.force_login(alice)
    revise(one, holder(Role.AGENT), services="0")
    with django_assert_num_queries(12):
        page(client, one)
    for rank in range(1, 4):
        revise(one, person(f"p{rank}@exemple.test"), services=str(rank))
    with django_assert_num_queries(12):
        page(client, one)
