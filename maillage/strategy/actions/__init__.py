"""Write a strategy down from its document, and steer its measures from day to day."""

from __future__ import annotations

from maillage.strategy.actions.loading import LoadReport, Tally, UnknownTerritory, load_strategy
from maillage.strategy.actions.steering import (
    SteeringRefused,
    add_step,
    change_step,
    finish_step,
    remove_step,
    steer_many,
    steer_measure,
    tell_news,
    withdraw_news,
)

__all__ = [
    "LoadReport",
    "SteeringRefused",
    "Tally",
    "UnknownTerritory",
    "add_step",
    "change_step",
    "finish_step",
    "load_strategy",
    "remove_step",
    "steer_many",
    "steer_measure",
    "tell_news",
    "withdraw_news",
]
