"""Which commune a row means, and whether its point stands there: asked of the database once per place."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import shapely
from shapely.geometry import shape

from maillage.directory.quality import Doubt, point_doubts
from maillage.territories.geometry import Box, looks_swapped
from maillage.territories.models import Commune, CommuneShape, FormerCommune
from maillage.territories.queries import resolve_commune


class Places:
    """Memory of one import: communes by code, by name and postal code; prepared contours."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], str | None] = {}
        self._contours: dict[str, Callable[[float, float], bool] | None] = {}

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes = dict(FormerCommune.objects.values_list("code", "commune_id"))
        return codes | {code: code for code in Commune.objects.values_list("code", flat=True)}

    @cached_property
    def box(self) -> Box | None:
        """The rectangle of every commune's centre, ten kilometres wider; None on an empty database."""
        centres = list(Commune.objects.filter(latitude__isnull=False).values_list("latitude", "longitude"))
        latitudes = [latitude for latitude, _ in centres if latitude is not None]
        longitudes = [longitude for _, longitude in centres if longitude is not None]
        if not latitudes or not longitudes:
            return None
        return Box(min(latitudes), min(longitudes), max(latitudes), max(longitudes)).padded(10)

    def commune(self, *, code: str = "", name: str = "", postal_code: str = "") -> str | None:
        """INSEE code of today's commune, from a code (today's or former), else a name and a postal code."""
        if code:
            code = code.strip().upper().zfill(5)
            if code in self._codes:
                return self._codes[code]
        asked = ("", name, postal_code)
        if asked not in self._found:
            found = resolve_commune(name=name, postal_code=postal_code) if name or postal_code else None
            self._found[asked] = None if found is None else found.code
        return self._found[asked]

    def judge(self, commune_code: str, latitude: float, longitude: float) -> list[Doubt]:
        """The same judgement as `quality.judge_point_in_database`, with contours read once."""
        holds = self._contour(commune_code)
        if holds is None:
            return []
        return point_doubts(holds(latitude, longitude), lambda: holds(longitude, latitude))

    def seems_swapped(self, latitude: float, longitude: float) -> bool:
        """Is the point far from every commune as written, and among them once turned round?"""
        return self.box is not None and looks_swapped(latitude, longitude, self.box)

    def _contour(self, code: str) -> Callable[[float, float], bool] | None:
        if code not in self._contours:
            geometry = CommuneShape.objects.filter(pk=code).values_list("geometry", flat=True).first()
            self._contours[code] = None if geometry is None else _holder(geometry)
        return self._contours[code]


def _holder(geometry: dict[str, object]) -> Callable[[float, float], bool]:
    outline = shape(geometry)
    shapely.prepare(outline)
    return lambda latitude, longitude: bool(shapely.intersects_xy(outline, longitude, latitude))
