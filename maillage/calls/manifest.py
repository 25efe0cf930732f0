"""What the room offers to the house: public pages, letters, feed, panels, what it keeps of people."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse

from maillage.calls.holdings import HARMLESS, PERSONAL
from maillage.calls.notices import LETTERS
from maillage.calls.phrases.calls import FEED
from maillage.calls.queries.calls import published_addresses
from maillage.calls.seeds import SEEDS
from maillage.kernel.registry import Manifest, Proof, SitemapSection


def pages() -> Iterable[tuple[str, str]]:
    """The list, and each published call."""
    yield reverse("calls:calls"), ""
    yield from published_addresses()


MANIFEST = Manifest(
    room="calls",
    sitemap=(SitemapSection("appels", pages),),
    proofs=(Proof("2.3", "Les appels du territoire, leurs règles et leurs réponses, en ligne", "/appels/"),),
    seeds=SEEDS,
    feed=FEED,
    letters=LETTERS,
    values=(Path(__file__).parent / "data/terms.json",),
    personal=PERSONAL,
    harmless=HARMLESS,
)
