"""What the territories offer to the house: the addresses of the communes."""

from __future__ import annotations

from collections.abc import Iterable

from maillage.kernel.registry import Manifest, SitemapSection
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory


def communes() -> Iterable[tuple[str, str]]:
    """The page of each commune of the home territory."""
    territory = home_territory()
    if territory is not None:
        for commune in Commune.objects.of_territory(territory).order_by("code").only("code", "name_key"):
            yield commune.get_absolute_url(), ""


MANIFEST = Manifest(room="territories", sitemap=(SitemapSection("communes", communes),))
