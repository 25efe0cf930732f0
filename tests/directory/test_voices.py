"""What the organisation says of itself counts as a person's word, and the public reads whose word it is."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from maillage.directory import actions
from maillage.directory.actions.importing import SourceBook
from maillage.directory.actions.sheets import human_fields
from maillage.directory.models import Organisation
from maillage.kernel.actions import name_source
from maillage.kernel.models import Source
from tests.directory.test_sheet import published
from tests.factories import AT, TODAY, human_source, open_source, small_territory
from ui import french

pytestmark = pytest.mark.django_db


def owner_source(title: str = "Atelier du Port, par ses membres") -> Source:
    return name_source(kind=Source.Kind.OWNER, title=title, on=TODAY)


@pytest.fixture
def one() -> Organisation:
    small_territory()
    made = published("Atelier du Port")
    actions.revise_organisation(
        organisation=made, facts={"name": "L’Atelier", "description": "Vélos"}, source=owner_source(), by=None, at=AT
    )
    made.refresh_from_db()
    return made


def test_no_import_overwrites_what_the_organisation_says(one: Organisation) -> None:
    assert {"name", "description"} <= human_fields(one)
    changes = actions.revise_organisation(
        organisation=one, facts={"description": "Autre", "acronym": "ADP"}, source=open_source(), by=None, at=AT
    )
    assert list(changes) == ["acronym"]
    book = SourceBook()
    book.learn(one.sources.values())
    assert {"name", "description"} <= book.human_fields(one.sources)


def test_the_public_reads_that_the_organisation_said_it(one: Organisation) -> None:
    page = Client().get(one.get_absolute_url()).content.decode()
    assert f"La structure elle-même, {french.day(TODAY)}" in page
    assert "par ses membres" not in page
    said = Client().get(f"/api/v1/organisations/{one.slug}").json()
    assert (said["source"], said["date_de_la_source"]) == ("La structure elle-même", "2026-11-22")


def test_an_agents_name_stays_inside(one: Organisation) -> None:
    actions.revise_organisation(
        organisation=one, facts={"name": "Atelier"}, source=human_source("Bruno"), by=None, at=AT
    )
    assert Client().get(f"/api/v1/organisations/{one.slug}").json()["source"] == "Une personne du territoire"


def test_words_kept_before_find_their_voice() -> None:
    told = {
        "Le Fil vert, par ses membres": "owner", "La structure, par sa lettre": "owner",
        "Proposition d’un membre de la structure, acceptée par la personne responsable": "owner",
        "Proposition d’une visiteuse ou d’un visiteur, acceptée par une personne": "person", "Bruno": "person",
    }  # fmt: skip
    for title in told:
        name_source(kind=Source.Kind.PERSON, title=title, on=TODAY)
    import_module("maillage.kernel.migrations.0004_source_owner").name_owners(apps, None)
    assert dict(Source.objects.values_list("title", "kind")) == told
