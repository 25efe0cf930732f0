"""What the strategy room offers to the house."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from maillage.kernel.personal import Harmless
from maillage.kernel.registry import Manifest, SitemapSection


def pages() -> Iterable[tuple[str, str]]:
    """The page of the strategy."""
    yield reverse("strategy:index"), ""


_PUBLIC = "le document public de la stratégie"
HARMLESS = (
    Harmless("strategy.Strategy", _PUBLIC, ("slug", "title", "summary", "figures", "source")),
    Harmless("strategy.Axis", _PUBLIC, ("title", "summary")),
    Harmless("strategy.Objective", _PUBLIC, ("text",)),
    Harmless("strategy.Measure", _PUBLIC, ("code", "title", "summary")),
)
MANIFEST = Manifest(room="strategy", sitemap=(SitemapSection("strategie", pages),), harmless=HARMLESS)
