"""Where grants go, drawn: each commune of the territory, a disc whose area follows its euros.

Words: a *disc* stands at the heart of a commune. Neighbours: `published` counts by commune, the territory's data set
gives the paths, `commune_map` draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from maillage.grants.queries.published import InCommune
from maillage.territories.drawn import Area, Disc, Written
from maillage.territories.models import Commune
from maillage.territories.queries import drawing_of, epcis_of, home_territory
from ui import french

# Of the widest and the narrowest disc, in thousandths of the width of the drawing.
WIDEST, NARROWEST = 42, 9
NAMED, LETTER = 6, 0.6


@dataclass(frozen=True)
class Picture:
    """What `commune_map` needs. elsewhere: communes with grants that the drawing does not have."""

    view_box: str
    areas: list[Area]
    discs: list[Disc]
    labels: list[Written]
    borders: str
    here: str
    text_size: int
    elsewhere: int


def picture(places: Iterable[InCommune], address: Callable[[str], str], here: str | None = None) -> Picture | None:
    """Draw these communes, in the order given (the most helped first). address: of the grants of a
    commune, by its code.

    None when the territory has no drawing, or nothing to show on it. Three queries.
    """
    home = home_territory()
    drawing = None if home is None else drawing_of(home)
    helped = {one.code: one for one in places}
    if home is None or drawing is None or not helped.keys() & drawing.communes.keys():
        return None
    tones = {epci.siren: rank % 3 + 1 for rank, epci in enumerate(epcis_of(home))}
    width = int(drawing.view_box.split()[2])
    most, size = max(one.euros for one in helped.values()), round(width * 0.034)
    areas, discs, labels = [], [], list[Written]()
    known = {one.code: one for one in Commune.objects.of_territory(home).by_name()}
    for code, commune in known.items():
        if code in drawing.communes:
            one = helped.get(code)
            url = address(code) if one else ""
            areas.append(Area(_told(commune, one), url, drawing.communes[code], tones.get(commune.epci_id or "", 1)))
    for code, one in helped.items():
        place = known.get(code)
        if place is None or code not in drawing.communes or place.latitude is None or place.longitude is None:
            continue
        x, y = drawing.place(place.latitude, place.longitude)
        radius = width / 1_000 * max(WIDEST * math.sqrt(one.euros / most), NARROWEST)
        discs.append(Disc(x, y, round(radius, 1)))
        if len(labels) < NAMED:
            _write(labels, Written(x, round(y - radius - size * 0.3), one.name), size, width)
    return Picture(
        drawing.view_box, areas, discs, labels, " ".join(drawing.epcis.values()), drawing.communes.get(here or "", ""),
        size, sum(code not in drawing.communes for code in helped),
    )  # fmt: skip


def _told(commune: Commune, one: InCommune | None) -> str:
    if one is None:
        return commune.name
    return f"{commune.name}\u00a0: {french.plural(one.number, 'subvention')}, {french.euros(one.euros)}"


def _write(labels: list[Written], label: Written, size: int, width: int) -> None:
    """Write a name unless it runs over another one or out of the drawing."""
    half = len(label.text) * size * LETTER / 2
    is_out = label.x - half < 0 or label.x + half > width or label.y < size
    crowded = any(
        abs(other.y - label.y) < size * 1.2 and abs(other.x - label.x) < half + len(other.text) * size * LETTER / 2
        for other in labels
    )
    if not is_out and not crowded:
        labels.append(label)
