"""Reads about places: the territory of the site, its communes, who is near.

Words: *home* territory = the one this site speaks for. Neighbours: every room above asks here.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache

from maillage.territories.models import Territory

HOME_SECONDS = 60


def home_territory() -> Territory | None:
    """The territory of TERRITORY_SIREN, or the only one loaded; None on an empty database."""
    kept: Territory | None = cache.get("territories:home")
    if kept is not None:
        return kept
    territories = Territory.objects.defer("outline", "drawing")
    if settings.TERRITORY_SIREN:
        territories = territories.filter(siren=settings.TERRITORY_SIREN)
    home = territories.order_by("siren").first()
    if home is not None:
        cache.set("territories:home", home, HOME_SECONDS)
    return home
