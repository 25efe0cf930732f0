"""What the strategy room offers to the house."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from maillage.kernel.personal import Harmless
from maillage.kernel.registry import Chore, Manifest, Seed, SitemapSection
from maillage.strategy import tasks
from maillage.strategy.holdings_indicators import INDICATOR_HARMLESS, INDICATOR_PERSONAL
from maillage.strategy.phrases_indicators import FEED
from maillage.strategy.queries import current_strategy
from maillage.strategy.queries_indicators import indicators_of
from maillage.strategy.seeds_indicators import plant_readings
from maillage.territories.queries import home_territory


def pages() -> Iterable[tuple[str, str]]:
    """The page of the strategy."""
    yield reverse("strategy:index"), ""


def indicator_pages() -> Iterable[tuple[str, str]]:
    """The page of the indicators, and one for each."""
    yield reverse("strategy:indicators"), ""
    strategy = current_strategy(home_territory())
    for one in indicators_of(strategy) if strategy else ():
        yield one.get_absolute_url(), ""


_PUBLIC = "le document public de la stratégie"
HARMLESS = (
    Harmless("strategy.Strategy", _PUBLIC, ("slug", "title", "summary", "figures", "source")),
    Harmless("strategy.Axis", _PUBLIC, ("title", "summary")),
    Harmless("strategy.Objective", _PUBLIC, ("text",)),
    Harmless("strategy.Measure", _PUBLIC, ("code", "title", "summary")),
)
MANIFEST = Manifest(
    room="strategy",
    sitemap=(SitemapSection("strategie", pages), SitemapSection("indicateurs", indicator_pages)),
    # Often, so that a worker that slept through a night still reads the day; once it is read, nothing is done.
    chores=(Chore("relever les indicateurs", 3600, tasks.snapshot),),
    seeds=(Seed(order=90, profiles=frozenset({"demo", "e2e"}), plant=plant_readings),),
    feed=FEED,
    personal=INDICATOR_PERSONAL,
    harmless=(*HARMLESS, *INDICATOR_HARMLESS),
)
