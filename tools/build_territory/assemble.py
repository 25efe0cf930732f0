"""One territory put together from codes and contours.

Words: what is *asked* comes from the command line; a *warning* is a French sentence about something
missing or approximate, printed at the end and kept in the notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import shapely

from maillage.territories.data_format import (
    FORMAT,
    CommuneRecord,
    EpciRecord,
    FormerCommuneRecord,
    TerritoryFile,
    TerritoryKind,
)
from tools.build_territory import mesh
from tools.build_territory.codes import OfficialCodes
from tools.build_territory.contours import Area, ContourTable
from tools.build_territory.drawing import draw
from tools.build_territory.naming import short_name, slug
from tools.build_territory.notice import make_notice
from tools.build_territory.problems import BuildError

# How far around the territory neighbours are looked for, in degrees (about 100 m).
SURROUNDINGS = 0.001
# All France has no SIREN of its own: the file needs one, this one belongs to nobody.
FRANCE_SIREN, FRANCE_SLUG = "000000000", "france"


@dataclass(frozen=True)
class Asked:
    """What to build: the EPCI in the order they will be shown, and the identity of the whole."""

    siren: str
    name: str
    slug: str
    kind: TerritoryKind
    epcis: tuple[str, ...]
    built_on: date
    tolerance_metres: float


def build(asked: Asked, official: OfficialCodes, contours: ContourTable) -> TerritoryFile:
    """Put a territory together. Raises BuildError for an unknown EPCI, or when no commune has a contour."""
    epcis = [_epci(siren, position, official) for position, siren in enumerate(asked.epcis)]
    _tell_slugs_apart(epcis)
    codes = [code for epci in epcis for code in epci["communes"]]
    own = {code: contours.areas[code] for code in codes if code in contours.areas}
    if not own:
        raise BuildError("Aucune commune de ce territoire n’a de contour : la carte ne peut pas être dessinée.")
    everything = mesh.cleaned(own | _around(own, official, contours))
    full = {code: everything[code] for code in own}
    near = mesh.neighbours(full, everything)
    shapes = mesh.simplified(full, asked.tolerance_metres)
    communes = [_commune(code, official, contours) for code in sorted(codes)]
    for commune in communes:
        if (code := commune["code"]) in shapes:
            commune["geometry"] = mesh.geojson(shapes[code])
            commune["neighbours"] = [{"code": at, "name": official.communes[at]["nom"]} for at in near[code]]
    for epci in epcis:
        outline = mesh.dissolved({code: shapes[code] for code in epci["communes"] if code in shapes})
        epci["outline"] = None if outline is None else mesh.geojson(outline)
    whole = mesh.dissolved(shapes)
    return {
        "format": FORMAT,
        "territory": {
            "siren": asked.siren,
            "slug": asked.slug,
            "name": asked.name,
            "kind": asked.kind,
            "department_codes": sorted({commune["department_code"] for commune in communes}),
            "region_codes": sorted({commune["region_code"] for commune in communes}),
            "outline": None if whole is None else mesh.geojson(whole),
        },
        "epcis": epcis,
        "communes": communes,
        "drawing": draw(full, {epci["siren"]: epci["communes"] for epci in epcis}),
        "notice": make_notice(asked.built_on, official, communes, _warnings(communes, contours)),
    }


def build_france(built_on: date, official: OfficialCodes, contours: ContourTable) -> TerritoryFile:
    """Put all of France together, without shapes nor neighbours: the ground of the load profile."""
    epcis = [_epci(siren, position, official) for position, siren in enumerate(sorted(official.epcis))]
    communes = [_commune(code, official, contours) for code in sorted(official.communes)]
    _tell_slugs_apart(epcis)
    return {
        "format": FORMAT,
        "territory": {
            "siren": FRANCE_SIREN,
            "slug": FRANCE_SLUG,
            "name": "France",
            "kind": "custom",
            "department_codes": sorted({commune["department_code"] for commune in communes}),
            "region_codes": sorted({commune["region_code"] for commune in communes}),
            "outline": None,
        },
        "epcis": epcis,
        "communes": communes,
        "drawing": None,
        "notice": make_notice(built_on, official, communes, _warnings(communes, contours)),
    }


def _epci(siren: str, position: int, official: OfficialCodes) -> EpciRecord:
    row = official.epcis.get(siren)
    if row is None:
        raise BuildError(
            f"Aucune intercommunalité ne porte le SIREN {siren} dans l’édition "
            f"{official.version(official.edition_folders()[0])} du découpage administratif."
        )
    name = short_name(row["nom"])
    return {
        "siren": siren,
        "name": row["nom"],
        "short_name": name,
        "slug": slug(name),
        "kind": row["type"],
        "position": position,
        "communes": sorted(member["code"] for member in row["membres"]),
        "outline": None,
    }


def _tell_slugs_apart(epcis: Iterable[EpciRecord]) -> None:
    seen: set[str] = set()
    for epci in epcis:
        if epci["slug"] in seen:
            epci["slug"] = f"{epci['slug']}-{epci['siren']}"
        seen.add(epci["slug"])


def _commune(code: str, official: OfficialCodes, contours: ContourTable) -> CommuneRecord:
    row = official.communes[code]
    area, hall = contours.areas.get(code), contours.town_halls.get(code)
    point = mesh.inner_point(area) if area is not None else hall
    return {
        "code": code,
        "name": row["nom"],
        "siren": row.get("siren", ""),
        "epci": official.epci_of.get(code),
        # Overseas collectivities have no department: their code has three figures.
        "department_code": row.get("departement") or code[:3],
        "region_code": row.get("region") or "",
        "postal_codes": sorted(row.get("codesPostaux", [])),
        "former_codes": _former(code, official, contours),
        "populations": official.populations.get(code, []),
        "area_km2": None if area is None else mesh.area_km2(area),
        "latitude": None if point is None else round(point.y, mesh.DECIMALS),
        "longitude": None if point is None else round(point.x, mesh.DECIMALS),
        "point_source": None if point is None else "town_hall" if area is None else "contour",
        "town_hall_latitude": None if hall is None else round(hall.y, mesh.DECIMALS),
        "town_hall_longitude": None if hall is None else round(hall.x, mesh.DECIMALS),
        "is_town_hall_reliable": area is not None and hall is not None and mesh.is_well_placed(hall, area),
        "neighbours": [],
        "geometry": None,
    }


def _former(code: str, official: OfficialCodes, contours: ContourTable) -> list[FormerCommuneRecord]:
    codes = [former for former in official.communes[code].get("anciensCodes", []) if former in official.successor]
    named = {former: official.known_names.get(former) or contours.names.get(former, "") for former in codes}
    if code in official.seat_names:
        named[code] = official.seat_names[code]
    return [{"code": former, "name": name} for former, name in sorted(named.items())]


def _around(own: Mapping[str, Area], official: OfficialCodes, contours: ContourTable) -> dict[str, Area]:
    others = {code: area for code, area in contours.areas.items() if code in official.communes and code not in own}
    codes, tree = list(others), shapely.STRtree(list(others.values()))
    touched = tree.query(list(own.values()), predicate="dwithin", distance=SURROUNDINGS)[1]
    return {code: others[code] for code in sorted({codes[index] for index in touched})}


def _warnings(communes: list[CommuneRecord], contours: ContourTable) -> list[str]:
    lists = {
        "Sans contour, donc absentes de la carte dessinée": [
            commune for commune in communes if commune["area_km2"] is None
        ],
        "Sans point sur la carte (ni contour, ni mairie)": [
            commune for commune in communes if commune["latitude"] is None
        ],
        "Contour recomposé à partir des communes déléguées, à vérifier": [
            commune for commune in communes if commune["code"] in contours.assembled
        ],
        "Sans point de mairie": [commune for commune in communes if commune["town_hall_latitude"] is None],
        "Point de mairie hors de la commune, remplacé par le centre": [
            commune
            for commune in communes
            if commune["town_hall_latitude"] is not None
            and commune["area_km2"] is not None
            and not commune["is_town_hall_reliable"]
        ],
        "Sans population datée": [commune for commune in communes if not commune["populations"]],
        "Anciens codes dont le nom n’est pas connu, pour": [
            commune for commune in communes if any(not former["name"] for former in commune["former_codes"])
        ],
    }
    return [_sentence(about, concerned) for about, concerned in lists.items() if concerned]


def _sentence(about: str, communes: list[CommuneRecord], most: int = 12) -> str:
    named = ", ".join(f"{commune['name']} ({commune['code']})" for commune in communes[:most])
    more = f" et {len(communes) - most} autres" if len(communes) > most else ""
    return f"{about} : {named}{more}."
