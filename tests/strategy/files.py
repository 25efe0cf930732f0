"""A small strategy for tests: two axes, three measures, one body."""

from __future__ import annotations

import copy
from typing import Any

from maillage.strategy.data_format import StrategyFile
from maillage.strategy.indicators_format import IndicatorFile

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


_WORDS = {"definition": "Ce que c’est.", "formula": "On compte.", "source": "L’équipe", "kind": "output"}
FEW: dict[str, Any] = {
    "format": 1,
    "strategy": "plan-d-essai",
    "indicators": [
        {
            **_WORDS, "code": "1.1", "axis": 1, "title": "Fiches", "unit": "fiche,fiches", "frequency": "daily",
            "gauge": "directory.published", "measure": "1.2",
        },
        {
            **_WORDS, "code": "1.2", "axis": 1, "title": "Lettres", "unit": "lettre,lettres", "frequency": "yearly",
            "targets": {"2026": 2},
        },
        {
            **_WORDS, "code": "2.1", "axis": 2, "title": "Personnes reçues", "unit": "personne,personnes",
            "frequency": "quarterly", "is_people": True, "measure": "2.1",
        },
        {
            **_WORDS, "code": "2.2", "axis": 2, "title": "Attente", "unit": "jour,jours", "frequency": "quarterly",
            "better_is": "lower", "kind": "result", "decimals": 1,
        },
    ],
}  # fmt: skip


def indicator_file() -> IndicatorFile:
    """Four indicators of the small strategy; a new copy each time."""
    return copy.deepcopy(FEW)  # type: ignore[return-value]
