from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.test import Client

from maillage.territories.models import Commune

pytestmark = pytest.mark.django_db


@pytest.fixture
def shipped(db: None) -> None:
    call_command("load_territory", verbosity=0)
    call_command("load_strategy", verbosity=0)


@pytest.mark.usefixtures("shipped")
def test_each_of_the_144_communes_has_its_page(client: Client) -> None:
    paths = {commune.code: commune.get_absolute_url() for commune in Commune.objects.all()}
    assert len(paths) == 144
    assert (paths["80829"], paths["80629"]) == ("/communes/80829-y/", "/communes/80629-poeuilly/")
    assert {path: client.get(path).status_code for path in paths.values()} == dict.fromkeys(paths.values(), 200)


@pytest.mark.usefixtures("shipped")
def test_the_differences_with_the_voted_document_are_shown(client: Client) -> None:
    html = client.get("/a-propos/").content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u202f", "").split())
    for line in (
        "Communes du territoire 144 144 le même",
        "Communes de la Haute Somme 60 60 le même",
        "42 41 −1",
        "Communes de Terre de Picardie 42 43 +1",
        "Habitants du territoire (recensement 2021) 64467 64474 +7",
        "Habitants de Terre de Picardie (recensement 2021) 18032 18039 +7",
    ):
        assert line in text


@pytest.mark.usefixtures("shipped")
def test_the_strategy_is_whole_on_its_page(client: Client) -> None:
    html = client.get("/strategie/").content.decode()
    anchors = re.findall(r'id="mesure-([\dg]+-\d+)"', html)
    assert len(anchors) == len(set(anchors)) == 25
    assert [anchor[0] for anchor in anchors].count("1") == 5
    assert re.findall(r'id="axe-(\d)"', html) == ["1", "2", "3", "4"]


@pytest.mark.usefixtures("shipped")
def test_what_a_commune_can_do_leads_to_measures(client: Client) -> None:
    html = client.get("/communes/80620-peronne/").content.decode()
    led = re.findall(r'href="/strategie/(\d\.\d)/"', html)
    assert led == ["1.3", "1.4", "3.1", "3.3", "4.1", "4.4"]
    assert all(client.get(f"/strategie/{code}/").status_code == 200 for code in led)
