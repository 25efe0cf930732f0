"""The committee's file of the example year, by the verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from maillage.steering.actions import prepare_file
from maillage.steering.models import CommitteeFile
from maillage.strategy.queries import home_strategy


def plant_file(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """One file six months ago, so that today's has something to be compared with; twice without harm."""
    strategy = home_strategy()
    if strategy is None or CommitteeFile.objects.exists():
        return {}
    prepare_file(strategy=strategy, as_of=timezone.localdate(at - timedelta(days=180)), by=None, at=at)
    return {"dossiers du comité": 1}
