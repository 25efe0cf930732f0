"""What the strategy room offers to the house."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse

from maillage.kernel.registry import Chore, Manifest, Panel, Seed, SitemapSection
from maillage.strategy import phrases, phrases_indicators, tasks
from maillage.strategy.backoffice.plan import plan_panel
from maillage.strategy.checks import find_breaches
from maillage.strategy.clicks import PURPOSES
from maillage.strategy.holdings import HARMLESS, PERSONAL
from maillage.strategy.holdings_indicators import INDICATOR_HARMLESS, INDICATOR_PERSONAL
from maillage.strategy.models import Measure
from maillage.strategy.notices import LETTERS
from maillage.strategy.queries import home_strategy
from maillage.strategy.queries.indicators import indicators_of
from maillage.strategy.seeds.progress import plant_progress
from maillage.strategy.seeds.readings import plant_readings, plant_snapshot
from maillage.strategy.views.overview import panel as steering_panel


def pages() -> Iterable[tuple[str, str]]:
    """The page of the strategy, and one for each measure."""
    yield reverse("strategy:index"), ""
    yield reverse("strategy:calendar"), ""
    yield reverse("strategy:board"), ""
    strategy = home_strategy()
    if strategy is not None:
        for measure in Measure.objects.filter(strategy=strategy).order_by("position", "code"):
            changed = measure.changed_at.date().isoformat() if measure.changed_at else ""
            yield measure.get_absolute_url(), changed


def indicator_pages() -> Iterable[tuple[str, str]]:
    """The page of the indicators, and one for each."""
    yield reverse("strategy:indicators"), ""
    strategy = home_strategy()
    for one in indicators_of(strategy) if strategy else ():
        yield one.get_absolute_url(), ""


MANIFEST = Manifest(
    room="strategy",
    sitemap=(SitemapSection("strategie", pages), SitemapSection("indicateurs", indicator_pages)),
    # Often, so that a worker that slept through a night still reads the day; once it is read, nothing is done.
    chores=(
        Chore("relever les indicateurs", 3600, tasks.snapshot),
        Chore("appliquer les règles de preuves", 3600, tasks.apply_rules, is_apart=True),
    ),
    checks=(find_breaches,),
    letters=LETTERS,
    purposes=PURPOSES,
    panels=(Panel(40, "strategy/panels/steering.html", steering_panel),),
    office_panels=(Panel(30, "strategy/backoffice/home_plan.html", plan_panel),),
    feed=(*phrases.FEED, *phrases_indicators.FEED),
    seeds=(
        Seed(order=80, profiles=frozenset({"demo", "e2e"}), plant=plant_progress),
        Seed(order=90, profiles=frozenset({"demo", "e2e"}), plant=plant_readings),
        Seed(order=390, profiles=frozenset({"demo", "e2e"}), plant=plant_snapshot),
    ),
    values=(Path(__file__).parent / "data/terms.json",),
    personal=(*PERSONAL, *INDICATOR_PERSONAL),
    harmless=(*HARMLESS, *INDICATOR_HARMLESS),
)
