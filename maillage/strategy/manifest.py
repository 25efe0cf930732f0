"""What the strategy room offers to the house."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from maillage.kernel.registry import Manifest, Panel, Seed, SitemapSection
from maillage.strategy.backoffice.plan import plan_panel
from maillage.strategy.holdings import HARMLESS, PERSONAL
from maillage.strategy.models import Measure
from maillage.strategy.phrases import FEED
from maillage.strategy.queries import current_strategy
from maillage.strategy.seeds import plant_progress
from maillage.territories.queries import home_territory


def pages() -> Iterable[tuple[str, str]]:
    """The page of the strategy, and one for each measure."""
    yield reverse("strategy:index"), ""
    strategy = current_strategy(home_territory())
    if strategy is not None:
        for measure in Measure.objects.filter(strategy=strategy).order_by("position", "code"):
            changed = measure.changed_at.date().isoformat() if measure.changed_at else ""
            yield measure.get_absolute_url(), changed


MANIFEST = Manifest(
    room="strategy",
    sitemap=(SitemapSection("strategie", pages),),
    office_panels=(Panel(30, "strategy/backoffice/home_plan.html", plan_panel),),
    feed=FEED,
    seeds=(Seed(order=80, profiles=frozenset({"demo", "e2e"}), plant=plant_progress),),
    personal=PERSONAL,
    harmless=HARMLESS,
)
