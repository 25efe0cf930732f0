from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from maillage.territories.data_format import Geometry, TerritoryFile, read_territory_file
from tools.build_territory.assemble import Asked, build
from tools.build_territory.codes import OfficialCodes
from tools.build_territory.contours import ContourTable, default_table, read_contours

ROOT = Path(__file__).resolve().parents[2]
PETR_FILE = ROOT / "maillage/territories/data/coeur-des-hauts-de-france.json"


def drawn(geometry: Geometry | None) -> BaseGeometry:
    """Give the shape of a geometry that must be there."""
    assert geometry is not None
    return shape(geometry)


Builder = Callable[..., TerritoryFile]


@pytest.fixture(scope="session")
def official() -> OfficialCodes:
    return OfficialCodes(ROOT / "node_modules")


@pytest.fixture(scope="session")
def contours() -> ContourTable:
    return read_contours(default_table())


@pytest.fixture(scope="session")
def build_epci(official: OfficialCodes, contours: ContourTable) -> Builder:
    """Build the territory made of the EPCI given, as the command would."""

    def build_it(*sirens: str) -> TerritoryFile:
        asked = Asked(sirens[0], "Essai", "essai", "epci", sirens, date(2026, 11, 22), 30.0)
        return build(asked, official, contours)

    return build_it


@pytest.fixture(scope="session")
def petr() -> TerritoryFile:
    return read_territory_file(PETR_FILE)
