from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maillage.accounts import actions
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.territories.models import Epci
from tests.accounts.people import holder
from tests.factories import AT, person, small_territory

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)


def name(user: User, epci: Epci | None, start: date = FIRST, end: date | None = None) -> Mandate:
    return actions.give_mandate(
        user=user, role=Role.LIAISON_OFFICER, epci=epci, start_date=start, end_date=end, by=None, at=AT
    )


def an_epci() -> Epci:
    small_territory()
    found = Epci.objects.order_by("pk").first()
    assert found is not None
    return found


def test_a_liaison_officer_is_one_of_an_epci() -> None:
    with pytest.raises(actions.PersonRefused) as refusal:
        name(person("salima@exemple.test"), None)
    assert refusal.value.field == "epci"


@pytest.mark.parametrize(
    ("start", "end", "is_free"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), True),
        (date(2025, 1, 1), date(2026, 1, 1), False),
        (date(2026, 6, 30), None, False),
        (date(2026, 7, 1), None, True),
        (date(2025, 1, 1), None, False),
    ],
)
def test_nobody_else_sits_for_an_epci_during_a_mandate(start: date, end: date | None, *, is_free: bool) -> None:
    epci = an_epci()
    name(person("salima@exemple.test", first_name="Salima"), epci, end=date(2026, 6, 30))
    other = person("rachid@exemple.test")

    if is_free:
        assert name(other, epci, start, end).pk
        return
    with pytest.raises(actions.PersonRefused) as refusal:
        name(other, epci, start, end)
    assert "Salima" in refusal.value.phrase
    assert "30\u00a0juin 2026" in refusal.value.phrase
    assert Mandate.objects.count() == 1


def test_a_closed_account_sits_nowhere() -> None:
    epci = an_epci()
    name(person("salima@exemple.test", is_active=False), epci)
    assert name(person("rachid@exemple.test"), epci).pk


def test_an_officer_says_how_to_be_reached_and_everyone_reads_it(client: Client) -> None:
    epci, user = an_epci(), person("salima@exemple.test", first_name="Salima", last_name="Exemple")
    name(user, epci)
    client.force_login(user)

    refused = client.post("/moi/referent/", {"phone": "appelez", "how_to_reach": ""})
    assert refused.status_code == 422
    client.post("/moi/referent/", {"phone": "03 22 84 00 00", "how_to_reach": "le mardi, au siège"})

    page = Client().get("/referents/").content.decode()
    assert "le mardi, au siège" in page
    assert 'href="tel:' in page


def test_a_vacant_seat_is_said_in_red_on_the_home_of_the_back_office(client: Client) -> None:
    small_territory()
    epcis = list(Epci.objects.order_by("pk"))
    client.force_login(holder(Role.AGENT))
    page = client.get("/gestion/").content.decode()
    assert page.count("office-callout is-bad") == len(epcis)
    assert "prévenez-en un" in page

    for number, epci in enumerate(epcis):
        name(person(f"p{number}@exemple.test"), epci)
    assert "office-callout" not in client.get("/gestion/").content.decode()


def test_a_mandate_that_ends_soon_is_announced(client: Client) -> None:
    small_territory()
    today = timezone.localdate()
    for number, epci in enumerate(Epci.objects.order_by("pk")):
        end = today + timedelta(days=30) if number == 0 else today + timedelta(days=90)
        name(person(f"p{number}@exemple.test"), epci, end=end)
    client.force_login(holder(Role.ADMINISTRATOR))
    page = client.get("/gestion/").content.decode()
    assert page.count("office-callout is-warning") == 1
    assert "office-callout is-bad" not in page
    assert "Donner un mandat" in page
