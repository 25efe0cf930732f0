"""What the territories offer to the house: the addresses of the communes."""

from __future__ import annotations

from collections.abc import Iterable

from maillage.kernel.personal import Harmless
from maillage.kernel.registry import Manifest, SitemapSection
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory


def communes() -> Iterable[tuple[str, str]]:
    """The page of each commune of the home territory."""
    territory = home_territory()
    if territory is not None:
        for commune in Commune.objects.of_territory(territory).order_by("code").only("code", "name_key"):
            yield commune.get_absolute_url(), ""


_PLACES = "des lieux, pas des personnes"
HARMLESS = (
    Harmless("territories.Epci", _PLACES, ("siren", "name", "short_name", "slug", "kind", "outline")),
    Harmless("territories.Territory", _PLACES, ("siren", "slug", "name", "outline", "drawing", "notice")),
    Harmless(
        "territories.Commune",
        _PLACES,
        ("code", "name", "name_key", "siren", "department_code", "region_code", "postal_codes"),
    ),
    Harmless("territories.CommuneShape", _PLACES, ("geometry",)),
    Harmless("territories.FormerCommune", _PLACES, ("code", "name")),
    Harmless("territories.Neighbour", _PLACES, ("code", "name")),
)
MANIFEST = Manifest(room="territories", sitemap=(SitemapSection("communes", communes),), harmless=HARMLESS)
