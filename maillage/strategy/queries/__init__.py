"""Reads of the plan; where measures stand is in `standing`, their figures in `indicators`."""

from __future__ import annotations

from maillage.strategy.queries.plan import (
    AxisPart,
    MeasureLine,
    Plan,
    ProofLine,
    anchor_of,
    axes_of,
    current_strategy,
    home_measures,
    home_strategy,
    measures_by_code,
    plan_of,
    proofs_for,
)

__all__ = [
    "AxisPart",
    "MeasureLine",
    "Plan",
    "ProofLine",
    "anchor_of",
    "axes_of",
    "current_strategy",
    "home_measures",
    "home_strategy",
    "measures_by_code",
    "plan_of",
    "proofs_for",
]
