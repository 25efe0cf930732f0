"""Figures that indicators follow: each says what its list says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from maillage.directory.enums import Status
from maillage.directory.gauges import GAUGES, confirmed, published, recognised, sheet_line
from maillage.directory.models import Organisation
from tests.factories import AT, TODAY, organisation, small_territory
from tests.strategy.counting import differing

pytestmark = pytest.mark.django_db
Reindex = Callable[[], None]


@pytest.fixture
def north(reindex: Reindex) -> str:
    """The SIREN of the EPCI of Péronne and Pœuilly; four published sheets, one invented, one without a place."""
    home = small_territory()
    sheets: tuple[tuple[str, dict[str, Any]], ...] = (
        ("Port", {"place__commune_id": "80620", "verified_at": AT - timedelta(days=10)}),
        ("Menuiserie", {"place__commune_id": "80629", "verified_at": AT - timedelta(days=400)}),
        ("Exemple", {"place__commune_id": "80557", "is_example": True}),
        ("Nulle part", {}),
    )
    for name, traits in sheets:
        organisation(name, status=Status.PUBLISHED.value, **traits)
    organisation("Pas relue", place__commune_id="80620")
    reindex()
    epci = home.communes.get(code="80620").epci
    assert epci is not None
    return epci.siren


def lines(client: Client, address: str) -> int:
    """What the list says it found."""
    answer = client.get(address)
    assert answer.status_code == 200
    found = re.search(r"(\d+)\xa0structures?", answer.content.decode())
    assert found is not None
    return int(found[1])


def test_every_figure_with_a_list_is_the_number_of_its_lines(client: Client, north: str) -> None:
    told = [gauge.read(TODAY) for gauge in GAUGES]
    listed = [figure for figure in told if figure.path]
    assert listed
    for figure in listed:
        assert lines(client, figure.path) == figure.value
        for siren, part in figure.parts.items():
            assert lines(client, f"{figure.path}?cc={siren}") == part


def test_published_sheets_are_counted_as_the_list_does_and_examples_are_told(north: str) -> None:
    figure = published(TODAY)
    assert (figure.value, figure.parts[north], sum(figure.parts.values())) == (4, 2, 3)
    assert figure.note == "dont 1\xa0fiche d’exemple"


def test_the_lists_of_verified_and_recognised_sheets_are_as_long_as_their_figures(north: str) -> None:
    held = [{"kind": kind, "number": "", "evidence": ""} for kind in ("esus", "EI")]
    organisation("Reconnue", status=Status.PUBLISHED.value, place__commune_id="80620", qualifications=held)
    assert [one(TODAY).value for one in (confirmed, recognised)] == [1, 1]
    assert differing(GAUGES, TODAY) == {}
    assert all(one.listing.is_public for one in GAUGES if one.listing)


def test_confirmed_is_twelve_months_to_the_day(north: str) -> None:
    figure = confirmed(TODAY)
    assert (figure.value, figure.whole, figure.parts) == (1, 4, {north: 1})
    assert confirmed(TODAY + timedelta(days=400)).value == 0
    Organisation.objects.filter(name="Port").update(verified_at=AT.replace(year=2025))
    assert [confirmed(TODAY + timedelta(days=days)).value for days in (0, 1)] == [1, 0]


def test_recognised_counts_a_sheet_once_while_something_holds(north: str) -> None:
    held = [
        {"kind": "esus", "number": "", "evidence": ""},
        {"kind": "EI", "number": "", "evidence": "", "end_date": "2026-11-22"},
    ]
    one = organisation(
        "Reconnue", status=Status.PUBLISHED.value, place__commune_id="80620", qualifications=held
    )  # fmt: skip
    figure = recognised(TODAY)
    assert (figure.value, figure.parts) == (1, {north: 1})
    one.qualifications.filter(kind="esus").delete()
    assert [recognised(TODAY + timedelta(days=days)).value for days in (0, 1)] == [1, 0]


def test_an_example_says_so_in_the_list_of_a_figure() -> None:
    real, example = (
        Organisation(name="La Roue", slug="la-roue"),
        Organisation(name="La Roue", slug="b", is_example=True),
    )
    assert [sheet_line(one).title for one in (real, example)] == ["La Roue", "La Roue (donnée d’exemple)"]
