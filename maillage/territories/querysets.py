from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from maillage.territories.geometry import bounding_box

if TYPE_CHECKING:
    from maillage.territories.models import Commune, Territory  # noqa: F401


class CommuneQuerySet(models.QuerySet["Commune"]):
    """Communes, by where they stand."""

    def of_territory(self, territory: Territory) -> CommuneQuerySet:
        return self.filter(territories=territory)

    def by_name(self) -> CommuneQuerySet:
        """Alphabetical as a person reads it: accents, ligatures and hyphens folded."""
        return self.order_by("name_key", "code")

    def in_box_around(self, latitude: float, longitude: float, radius_km: float) -> CommuneQuerySet:
        """Centres within a square that holds the circle; the caller measures the exact distance."""
        south, west, north, east = bounding_box(latitude, longitude, radius_km)
        return self.filter(latitude__range=(south, north), longitude__range=(west, east))
