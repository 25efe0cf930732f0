"""A contributor's change that waits: they see it, the manager decides, and a value set back waits no more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry, Source
from maillage.outbox.models import Letter
from maillage.space import actions
from maillage.space.enums import Part
from maillage.space.models import Freshness, Suggestion
from tests.space.test_suggestions import typed
from tests.space.world import AT, OWN, manager, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Organisation:
    return sheet(services="Couture")


@pytest.fixture
def alice(one: Organisation) -> User:
    return manager(one)


@pytest.fixture
def ines(one: Organisation, alice: User) -> User:
    actions.set_contributors_wait(organisation=one, is_on=True, by=alice, at=AT)
    return manager(one, "ines@exemple.test", Part.CONTRIBUTOR)


def save(client: Client, one: Organisation, **said: str) -> Any:
    path = f"/moi/structures/{one.pk}/"
    return client.post(path, typed(client, path, **said), follow=True)


def test_only_the_manager_chooses_and_a_box_left_empty_says_no(client: Client, one: Organisation, alice: User) -> None:
    path = f"/moi/structures/{one.pk}/accord/"
    client.force_login(manager(one, "ines@exemple.test", Part.CONTRIBUTOR))
    assert client.post(path, {"contributors_wait": "on"}).status_code == 403
    client.force_login(alice)
    for sent, is_on in (({"contributors_wait": "on"}, True), ({}, False)):
        client.post(path, sent)
        assert Freshness.objects.get().contributors_wait is is_on


def test_the_contributor_sees_what_waits_and_for_whom(client: Client, one: Organisation, ines: User) -> None:
    client.force_login(ines)
    told = save(client, one, services="Vélo").content.decode()
    assert told.count("Votre changement attend l’accord d’alice@exemple.test.") == 2
    assert re.search(r'id="id_services_note">.*?Attend l’accord d’alice@exemple\.test', told)
    assert re.search(r"<textarea[^>]*>\s*Vélo</textarea>", told)
    one.refresh_from_db()
    assert one.services == "Couture"
    assert [letter.kind for letter in Letter.objects.all()] == ["space.suggestion"]
    assert Suggestion.objects.get().user == ines


def test_a_value_set_back_waits_no_more(client: Client, one: Organisation, ines: User) -> None:
    client.force_login(ines)
    save(client, one, services="Vélo", acronym="ADP")
    save(client, one, services="Couture")
    assert Suggestion.objects.get().facts == {"acronym": "ADP"}
    told = save(client, one, acronym="").content.decode()
    assert (Suggestion.objects.count(), "C’est enregistré." in told) == (0, True)
    fields = [act.changes["fields"] for act in JournalEntry.objects.filter(verb="propose").order_by("pk")]
    assert fields == [
        [None, ["acronym", "services"]], [["acronym", "services"], ["acronym"]], [["acronym"], []],
    ]  # fmt: skip


def test_the_manager_says_yes_and_the_organisation_itself_is_the_source(
    client: Client, one: Organisation, alice: User, ines: User
) -> None:
    client.force_login(ines)
    path = f"/moi/structures/{one.pk}/"
    client.post(path, {**typed(client, path, services="Vélo"), "contact_is_public": "on"})
    waits = Suggestion.objects.get()
    assert set(waits.facts) == {"services", "contact_consent_at", "contact_consent_note"}
    client.force_login(alice)
    page = f"/moi/propositions/{waits.pk}/"
    html = client.get(page).content.decode()
    assert set(re.findall(r'name="keep" value="([^"]+)"', html)) == {"services", "contact_consent_at"}
    client.post(page, {**typed(client, page), "keep": ["services", "contact_consent_at"]})
    one.refresh_from_db()
    assert (one.services, one.has_public_contact) == ("Vélo", True)
    assert one.contact_consent_note == "Par la structure, depuis son espace"
    assert Source.objects.get(pk=one.sources["services"]).kind == Source.Kind.OWNER


def test_the_manager_waits_for_nobody_and_nobody_waits_when_it_is_off(
    client: Client, one: Organisation, alice: User, ines: User
) -> None:
    client.force_login(alice)
    save(client, one, services="Vélo")
    actions.set_contributors_wait(organisation=one, is_on=False, by=alice, at=AT)
    client.force_login(ines)
    save(client, one, acronym="ADP")
    one.refresh_from_db()
    assert (one.services, one.acronym, Suggestion.objects.count()) == ("Vélo", "ADP", 0)


def test_each_field_says_who_reads_it_and_where_it_comes_from(client: Client, one: Organisation, alice: User) -> None:
    client.force_login(alice)
    save(client, one, description="Un atelier ouvert à tout le monde.")
    html = client.get(f"/moi/structures/{one.pk}/").content.decode()

    def note(field: str) -> str:
        found = re.search(rf'id="id_{field}_note">(.*?)</p>', html)
        assert found is not None
        return re.sub(r"<[^>]+>", "", found[1]).replace("\u00a0", " ").strip()

    assert note("services") == "Public · Vient de : Source d’essai, 22 novembre 2026"
    assert note("description").startswith("Public · Dit par vous le ")
    assert note("email") == "Gardé pour nous · Vient de : Source d’essai, 22 novembre 2026"
    assert note("acronym") == "Public"
    assert 'aria-describedby="id_description_helptext id_description_note"' in html
    assert OWN not in Client().get(one.get_absolute_url()).content.decode()
    assert "Ce qui aiderait le plus" in html
    assert '<a href="#id_activities">les activités</a>' in html


def test_the_sheet_costs_the_same_whatever_its_sources(
    client: Client, one: Organisation, alice: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(alice)
    for rank, field in enumerate(("acronym", "services", "activities")):
        save(client, one, **{field: str(rank)})
        Source.objects.filter(pk=one.sources.get(field, 0)).update(title=f"Autre {rank}")
    with django_assert_max_num_queries(16):
        client.get(f"/moi/structures/{one.pk}/")
