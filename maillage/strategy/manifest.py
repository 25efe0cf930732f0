"""What the strategy room offers to the house."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from maillage.kernel.registry import Manifest, SitemapSection


def pages() -> Iterable[tuple[str, str]]:
    """The page of the strategy."""
    yield reverse("strategy:index"), ""


MANIFEST = Manifest(room="strategy", sitemap=(SitemapSection("strategie", pages),))
