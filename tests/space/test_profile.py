"""The profile is kept once, read by its own people only, and never told by the journal."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.directory.models import Organisation
from maillage.kernel.models import JournalEntry
from maillage.space import actions
from maillage.space.enums import Part
from maillage.space.models import Profile
from tests.accounts.people import holder
from tests.factories import AT, small_territory
from tests.space.people import OWN_ADDRESS, known

pytestmark = pytest.mark.django_db
SAID = {"representative_name": "Camille Exemple", "volunteers": "12", "employees_fte": "1,5", "budget_band": "10"}


@pytest.fixture
def made(client: Client) -> Organisation:
    small_territory()
    made = known()
    held = actions.admit(organisation=made, email=OWN_ADDRESS, part=Part.MANAGER, by=None, at=AT)
    client.force_login(held.user)
    return made


def test_what_is_said_is_kept_and_shown_again(client: Client, made: Organisation) -> None:
    address = f"/moi/structures/{made.pk}/profil/"
    assert client.post(address, SAID)["Location"] == address
    kept = Profile.objects.get()
    assert (kept.representative_name, kept.volunteers, str(kept.employees_fte)) == ("Camille Exemple", 12, "1.50")
    assert "Camille Exemple" in client.get(address).content.decode()


def test_the_journal_says_which_facts_and_never_what(client: Client, made: Organisation) -> None:
    client.post(f"/moi/structures/{made.pk}/profil/", SAID)
    entry = JournalEntry.objects.get(verb="keep_profile")
    assert set(entry.changes["fields"][1]) == set(SAID)
    assert "Camille" not in str(entry.changes)


def test_nobody_else_reads_it_not_even_an_agent_nor_a_public_page(client: Client, made: Organisation) -> None:
    client.post(f"/moi/structures/{made.pk}/profil/", SAID)
    assert "Camille" not in Client().get(made.get_absolute_url()).content.decode()
    for role in (Role.AGENT, Role.TEACHER):
        other = Client()
        other.force_login(holder(role))
        assert other.get(f"/moi/structures/{made.pk}/profil/").status_code == 403


def test_a_wrong_number_is_said_at_its_field(client: Client, made: Organisation) -> None:
    answer = client.post(f"/moi/structures/{made.pk}/profil/", {**SAID, "volunteers": "-3"})
    assert answer.status_code == 422
    assert not Profile.objects.exists()
