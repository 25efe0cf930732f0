"""A small territory file for tests: three communes in two EPCI."""

from __future__ import annotations

import copy
from typing import Any

from maillage.territories.data_format import TerritoryFile

SQUARES = {"80001": 3.0, "80002": 3.1, "02003": 3.2}


def commune_record(code: str, name: str, epci: str, **facts: Any) -> dict[str, Any]:
    west = SQUARES.get(code, 3.3)
    ring = [[west, 50.0], [west + 0.1, 50.0], [west + 0.1, 50.1], [west, 50.1], [west, 50.0]]
    return {
        "code": code, "name": name, "siren": f"2{code}0000"[:9], "epci": epci, "department_code": code[:2],
        "region_code": "32", "postal_codes": ["80200"], "former_codes": [], "area_km2": 79.0,
        "populations": [{"year": 2021, "municipal": 100, "total": 102}, {"year": 2023, "municipal": 90, "total": None}],
        "latitude": 50.05, "longitude": west + 0.05, "point_source": "contour", "town_hall_latitude": None,
        "town_hall_longitude": None, "is_town_hall_reliable": False, "neighbours": [],
        "geometry": {"type": "Polygon", "coordinates": [ring]}, **facts,
    }  # fmt: skip


def territory_file() -> TerritoryFile:
    """A new copy each time: tests change it."""
    communes = [
        commune_record("80001", "Péronne", "200000001", former_codes=[{"code": "80091", "name": "Doingt-le-Vieux"}]),
        commune_record("80002", "Y", "200000001", neighbours=[{"code": "80001", "name": "Péronne"}]),
        commune_record("02003", "Pœuilly", "200000002", postal_codes=["02480"]),
    ]
    epcis = [
        {"siren": siren, "name": f"CC {slug}", "short_name": slug.title(), "slug": slug, "kind": "CC",
         "position": rank, "communes": codes, "outline": None}
        for rank, (siren, slug, codes) in enumerate(
            [("200000001", "nord", ["80001", "80002"]), ("200000002", "sud", ["02003"])]
        )
    ]  # fmt: skip
    document = {
        "format": 1,
        "territory": {
            "siren": "200000009", "slug": "pays-d-essai", "name": "Pays d’essai", "kind": "petr",
            "department_codes": ["02", "80"], "region_codes": ["32"], "outline": None,
        },
        "epcis": epcis,
        "communes": communes,
        "drawing": {
            "view_box": [0, 0, 300, 100], "west": 3.0, "north": 50.1, "x_per_degree": 1000.0, "y_per_degree": 1000.0,
            "communes": {"80001": "M0 0l100 0 0 100-100 0z", "80002": "M100 0l100 0 0 100-100 0z",
                         "02003": "M200 0l100 0 0 100-100 0z"},
            "epcis": {"200000001": "M0 0l200 0 0 100-200 0z", "200000002": "M200 0l100 0 0 100-100 0z"},
            "territory": "M0 0l300 0 0 100-300 0z",
        },
        "notice": {"built_on": "2026-11-22", "licence": "Licence Ouverte 2.0", "sources": [], "computed": [],
                   "warnings": []},
    }  # fmt: skip
    return copy.deepcopy(document)  # type: ignore[return-value]
