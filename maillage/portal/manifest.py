"""What the portal offers to the house: its own pages, and what it already does for the strategy."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from maillage.kernel.registry import Manifest, Proof, SitemapSection
from maillage.territories.models import Commune

PAGES = (
    "home", "communes", "participate", "about", "glossary", "contact", "accessibility", "legal", "privacy", "sitemap",
)  # fmt: skip


def pages() -> Iterable[tuple[str, str]]:
    """The pages that always exist."""
    for name in PAGES:
        yield reverse(f"portal:{name}"), ""


def communes() -> int:
    return Commune.objects.filter(territories__isnull=False).distinct().count()


MANIFEST = Manifest(
    room="portal",
    sitemap=(SitemapSection("pages", pages),),
    proofs=(
        Proof("3.1", "Une affiche à imprimer pour chaque mairie", "/communes/", communes, "affiche A4,affiches A4"),
        Proof(
            "4.1", "Une page par commune, avec ce que la mairie peut faire", "/communes/", communes, "commune,communes"
        ),
    ),
)
