"""Some twenty invented aids, by the verbs, and a saved search of Alice's; each is said to be an example."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.aids import actions
from maillage.aids.actions.checking import theme_codes
from maillage.aids.enums import Pace
from maillage.aids.models import Aid, Watch
from maillage.aids.phrases import EXAMPLE
from maillage.aids.seeds.words import AIDS, Example
from maillage.territories.queries import epcis_of, home_territory


def plant_aids(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Aids at different days of their life, and a search that finds some of them; twice without harm."""
    home = home_territory()
    if home is None or Aid.objects.filter(is_example=True).exists():
        return {}
    epcis, themes = [f"epci:{one.siren}" for one in epcis_of(home)], set(theme_codes())
    for one in AIDS:
        values = _values(one, epcis, themes, at)
        actions.create_aid(values=values, by=None, at=at - timedelta(days=one.entered_days_ago), is_example=True)
    alice = User.objects.filter(is_example=True, email="alice@exemple.maillage.test").first()
    if alice is not None:
        asked = "public=association&sujet=reemploi"
        actions.keep_watch(asked=asked, pace=Pace.WEEKLY, user=alice, at=at - timedelta(days=30), is_example=True)
    counts = {"aides d’exemple": Aid.objects.filter(is_example=True).count()}
    return counts | {"recherches d’aides d’exemple": Watch.objects.filter(is_example=True).count()}


def _values(one: Example, epcis: list[str], themes: set[str], at: datetime) -> dict[str, Any]:
    today = timezone.localdate(at)
    coverage = epcis[:1] if one.place == "epci" else [one.place] if one.place else []
    deadline = None if one.closes_in_days is None else today + timedelta(days=one.closes_in_days)
    start = None if one.opens_in_days is None else today + timedelta(days=one.opens_in_days)
    return {
        "name": f"{one.name} {EXAMPLE}", "short_title": one.name, "financers": [one.financer],
        "description": f"<p>{one.words}</p><p>Cette aide est inventée pour la démonstration.</p>",
        "eligibility": f"<p>{one.conditions}</p>" if one.conditions else "", "perimeter": one.perimeter,
        "coverage": coverage, "audiences": one.audiences, "types": one.types, "steps": one.steps,
        "destinations": one.destinations, "themes": [code for code in one.themes if code in themes],
        "recurrence": one.recurrence, "is_call": one.is_call, "start_date": start, "deadline_date": deadline,
        "rate_max_percent": one.rate, "amount_max": one.most,
    }  # fmt: skip
