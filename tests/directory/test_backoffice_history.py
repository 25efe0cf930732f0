from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.accounts.enums import Role
from maillage.directory import actions, wording
from maillage.directory.models import Organisation, Term
from maillage.kernel.models import JournalEntry
from tests.accounts.people import holder
from tests.factories import AT, human_source, organisation, small_territory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agent(client: Client) -> None:
    cache.clear()  # the home territory of another test
    client.force_login(holder(Role.AGENT))


def revise(sheet: Organisation, **facts: object) -> JournalEntry:
    flat = {name.replace("place__", "place."): value for name, value in facts.items()}
    actions.revise_organisation(
        organisation=sheet, facts=flat, source=human_source(), by=None, at=AT + timedelta(hours=1)
    )
    return JournalEntry.objects.latest("pk")


def history(client: Client, sheet: Organisation) -> str:
    return client.get(reverse("directory_office:history", args=[sheet.pk])).content.decode()


def test_a_difference_is_told_field_by_field_in_french(client: Client) -> None:
    small_territory()
    Term.objects.get_or_create(kind="theme", code="culture", defaults={"label": "Culture"})
    sheet = organisation("Atelier")
    act = revise(
        sheet, place__commune_id="80620", terms=["theme:culture"], creation_date="2001-02-03", is_partner=True,
        ess_verdict="yes", served_area=["80829"], place__latitude=50.5, place__longitude=3.0,
        qualifications=[{"kind": "esus", "number": "7", "start_date": "2024-01-01", "end_date": None, "evidence": ""}],
    )  # fmt: skip
    told = wording.lines(act.changes, wording.names_for([act.changes]))
    lines = {line.label: (line.before, line.after.replace("\xa0", " ")) for line in told}
    assert lines == {
        "Commune (code INSEE)": ("(vide)", "Péronne (80620)"),
        "Secteurs, thèmes et publics": ("(vide)", "Culture"),
        "Date de création": ("(vide)", "3 février 2001"),
        "Partenaire de l’accompagnement": ("non", "oui"),
        "Appartenance à l’ESS": ("À confirmer", "Relève de l’ESS"),
        "Zone d’action": ("(vide)", "Y"),
        "Latitude": ("(vide)", "50,5"),
        "Longitude": ("(vide)", "3,0"),
        "Qualifications": ("(vide)", "Agrément ESUS, n° 7, depuis le 1er janvier 2024"),
    }


def test_one_act_is_shown_before_it_is_turned_back_and_only_its_fields_change(client: Client) -> None:
    sheet = organisation("Atelier", acronym="AT")
    act = revise(sheet, acronym="ATL")
    revise(sheet, phone="0322000000")
    address = reverse("directory_office:revert", args=[act.pk])
    page = client.get(address).content.decode()
    assert "ATL" in page
    sheet.refresh_from_db()
    assert sheet.acronym == "ATL"
    client.post(address)
    sheet.refresh_from_db()
    assert (sheet.acronym, sheet.phone) == ("AT", "0322000000")
    assert "Retour à une version antérieure" in history(client, sheet)


def test_a_birth_is_not_turned_back(client: Client) -> None:
    sheet = organisation("Atelier")
    birth = JournalEntry.objects.get()
    client.post(reverse("directory_office:revert", args=[birth.pk]))
    assert JournalEntry.objects.count() == 1
    assert "Revenir avant cet acte" not in history(client, sheet)


def test_acts_on_other_things_have_no_screen_here(client: Client) -> None:
    other = JournalEntry.objects.create(
        at=AT, actor_label="x", verb="revise", object_type="accounts.user", object_id=1, object_label="x",
        changes={"name": ["a", "b"]},
    )  # fmt: skip
    assert client.get(reverse("directory_office:revert", args=[other.pk])).status_code == 404


def test_the_history_is_paged_and_asks_as_much_for_one_act_as_for_three(client: Client) -> None:
    sheet = organisation("Atelier")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            history(client, sheet)
        return len(asked)

    revise(sheet, phone="0")
    count()
    before = count()
    revise(sheet, phone="1")
    revise(sheet, phone="2")
    assert count() == before
    for number in range(30):
        revise(sheet, phone=str(100 + number))
    assert "Page 1 sur 2" in history(client, sheet)


def test_what_people_typed_is_shown_as_text(client: Client) -> None:
    sheet = organisation("Atelier")
    revise(sheet, description="<script>alert(1)</script>")
    assert "<script>alert(1)" not in history(client, sheet)
