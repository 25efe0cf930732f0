"""A small strategy for tests: two axes, three measures, one body."""

from __future__ import annotations

import copy
from typing import Any

from maillage.strategy.data_format import StrategyFile

SMALL: dict[str, Any] = {
    "format": 1,
    "territory": "200000009",
    "slug": "plan-d-essai",
    "title": "Plan d’essai",
    "summary": "En bref.",
    "start_year": 2025,
    "end_year": 2028,
    "axes": [
        {
            "number": 1,
            "title": "Se connaître",
            "objectives": ["Relier", "Partager"],
            "measures": [{"code": "1.1", "title": "Un collectif"}, {"code": "1.2", "title": "Un annuaire"}],
        },
        {
            "number": 2,
            "title": "Essayer",
            "objectives": ["Oser"],
            "measures": [{"code": "2.1", "title": "Un guichet", "summary": "Une porte."}],
        },
    ],
    "bodies": [{"code": "G.1", "title": "Le comité"}],
    "figures": [{"label": "Communes", "value": 4, "counts": "communes", "of": ["200000009"]}],
}


def strategy_file() -> StrategyFile:
    """A new copy each time: tests change it."""
    return copy.deepcopy(SMALL)  # type: ignore[return-value]
