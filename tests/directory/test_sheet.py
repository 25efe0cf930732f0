from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.enums import Role
from maillage.directory import actions
from maillage.directory.enums import Status, TermKind
from maillage.directory.models import Establishment, FormerSlug, Organisation, Term
from tests.accounts.people import holder
from tests.factories import AT, human_source, open_source, organisation, person, small_territory

pytestmark = pytest.mark.django_db
Reindex = Callable[[], None]


@pytest.fixture(autouse=True)
def ground(reindex: Reindex) -> None:
    small_territory()
    reindex()


def published(name: str = "Ressourcerie du Port", **facts: Any) -> Organisation:
    facts = {"place__commune_id": "80620", "status": Status.PUBLISHED.value, **facts}
    return organisation(name, source=open_source("Registre d’essai", on=date(2026, 11, 1)), **facts)


def page_of(client: Client, made: Organisation, status: int = 200) -> str:
    response = client.get(made.get_absolute_url())
    assert response.status_code == status
    return response.content.decode()


def test_the_sheet_tells_what_where_when_and_why(client: Client) -> None:
    Term.objects.get_or_create(kind=TermKind.TARGET_GROUP, code="familles", defaults={"label": "Familles"})
    made = published(
        activities="Collecte, réparation et vente.", place__address="12 quai du Port", place__postal_code="80200",
        place__opening_hours="Mo-Fr 09:00-12:00; PH off", family="association", terms=["target_group:familles"],
        ess_verdict="yes", ess_reason="core_category", served_area=["80620"],
        qualifications=[{"kind": "ACI", "number": "80-1", "start_date": "2024-01-01", "end_date": "2030-12-31",
                         "evidence": ""}],
    )  # fmt: skip
    page = page_of(client, made).replace("\xa0", " ")
    for words in (
        "Association", "Collecte, réparation et vente.", "12 quai du Port", "Familles",
        "Du lundi au vendredi : de 9 h à 12 h", "Fermé les jours fériés", "Relève de l’ESS.",
        "Sa forme juridique relève de l’ESS", "Atelier et chantier d’insertion (ACI), depuis le 1er janvier 2024",
        "/communes/80620-peronne/", "/annuaire/ressourcerie-du-port/corriger/",
    ):  # fmt: skip
        assert words in page, words
    assert "complétude" not in page.lower()


def test_each_fact_leads_to_its_source_and_date(client: Client) -> None:
    made = published(activities="Collecte")
    actions.revise_organisation(
        organisation=made, facts={"activities": "Collecte et vente"}, source=human_source("Bruno Petit"), by=None, at=AT
    )
    page = page_of(client, made)
    numbers = set(re.findall(r'href="#source-(\d+)"', page))
    assert numbers == set(re.findall(r'id="source-(\d+)"', page)) == {"1", "2"}
    assert "Registre d’essai, 1er\xa0novembre 2026" in page
    assert "Une personne du territoire" in page
    assert "Bruno" not in page


def test_the_contact_is_shown_only_with_consent(client: Client) -> None:
    made = published(email="alice@exemple.test", phone="03 22 00 00 00")
    page = page_of(client, made)
    assert "alice" not in page
    assert "03 22" not in page
    card = client.get(f"/annuaire/{made.slug}.vcf").content.decode()
    assert "alice" not in card
    actions.revise_organisation(
        organisation=made, facts={"contact_consent_at": AT}, source=human_source(), by=None, at=AT
    )
    # Another address: the page above may be kept for a minute.
    page = client.get(f"{made.get_absolute_url()}?relue").content.decode().replace("\xa0", " ")
    assert 'href="mailto:alice@exemple.test"' in page
    assert 'href="tel:+33322000000"' in page
    card = client.get(f"/annuaire/{made.slug}.vcf").content.decode()
    assert "EMAIL:alice@exemple.test" in card


def test_the_linked_data_cannot_leave_its_element(client: Client) -> None:
    made = published(name="</script><script>alert(1)</script>", activities="<b>&amp;")
    page = page_of(client, made)
    assert "<script>alert" not in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert data["name"] == "</script><script>alert(1)</script>"
    assert data["location"]["address"]["addressLocality"] == "Péronne"
    assert data["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 50.05, "longitude": 3.05}


def test_a_site_that_is_no_web_address_is_no_link(client: Client) -> None:
    assert "javascript:" not in page_of(client, published(website="javascript:alert(1)"))


def test_a_sheet_to_review_is_for_agents_only(client: Client) -> None:
    made = organisation("En attente", place__commune_id="80620")
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(f"/annuaire/{made.slug}.vcf").status_code == 404
    stranger = person("chloe@exemple.test")
    client.force_login(stranger)
    assert client.get(made.get_absolute_url()).status_code == 404
    client.force_login(holder(Role.AGENT))
    assert "n’est pas publiée" in page_of(client, made)


def test_a_former_address_leads_to_the_sheet(client: Client) -> None:
    made = published()
    FormerSlug.objects.create(slug="ancienne-adresse", organisation=made)
    response = client.get("/annuaire/ancienne-adresse/")
    assert (response.status_code, response["Location"]) == (301, "/annuaire/ressourcerie-du-port/")


def test_a_merged_sheet_leads_to_the_one_that_stays(client: Client) -> None:
    kept, other = published(), published("Ressourcerie")
    Organisation.objects.filter(pk=other.pk).update(merged_into=kept, status=Status.ARCHIVED)
    response = client.get(other.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())


def test_an_archived_sheet_says_that_it_is_gone(client: Client) -> None:
    made = published(closed_date="2026-06-30", status=Status.ARCHIVED.value)
    page = page_of(client, made, 410).replace("\xa0", " ")
    assert "Ressourcerie du Port a fermé" in page
    assert "30 juin 2026" in page
    withdrawn = published("Autre", status=Status.ARCHIVED.value)
    page = page_of(client, withdrawn, 410)
    assert "Cette fiche a été retirée" in page
    assert "Autre" not in page.split("<h1>")[1].split("</main>")[0].replace("D’autres", "")


def test_an_unknown_address_is_404(client: Client) -> None:
    assert client.get("/annuaire/personne/").status_code == 404


def test_example_data_is_said_and_kept_from_search_engines(client: Client) -> None:
    page = page_of(client, published(is_example=True))
    assert "Cette structure est inventée" in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_nearest_come_with_their_distance_and_the_sheet_itself_stays_out(client: Client, reindex: Reindex) -> None:
    made = published()
    for name, commune in (("Voisine", "80829"), ("Lointaine", "80230")):
        published(name, place__commune_id=commune)
    reindex()
    page = page_of(client, made)
    near = page.split('id="voisines"')[1]
    assert re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', near) == ["Voisine", "Lointaine"]
    assert "à 7\xa0km" in near


def test_other_places_are_listed(client: Client) -> None:
    made = published()
    Establishment.objects.create(organisation=made, is_main=False, name="La boutique", commune_id="80629",
                                 address="3 rue Haute", opening_hours="24/7")  # fmt: skip
    page = page_of(client, made)
    assert "Autres lieux" in page
    assert "La boutique" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("places", [1, 3])
def test_the_sheet_costs_the_same_whatever_its_places(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, places: int
) -> None:
    made = published()
    for number in range(places - 1):
        Establishment.objects.create(organisation=made, is_main=False, name=f"Lieu {number}", commune_id="80629")
    client.get("/annuaire/")
    with django_assert_num_queries(8):
        page_of(client, made)


def test_a_card_escapes_what_would_break_it(client: Client) -> None:
    made = published(
        name="Le Fil, la Trame; et l’Œuf\\", place__address="1 rue\nBEGIN:VCARD", place__postal_code="80200",
        activities="x",
    )  # fmt: skip
    response = client.get(f"/annuaire/{made.slug}.vcf")
    card = response.content.decode()
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    lines = card.split("\r\n")
    assert lines[0:3] == ["BEGIN:VCARD", "VERSION:4.0", "KIND:org"]
    assert "FN:Le Fil\\, la Trame\\; et l’Œuf\\\\" in lines
    assert lines.count("BEGIN:VCARD") == 1
    assert max(len(line.encode()) for line in lines) <= 75
    assert lines[-2:] == ["END:VCARD", ""]
