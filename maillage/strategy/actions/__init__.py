"""Write a strategy down from its document, and steer its measures from day to day."""

from __future__ import annotations

from maillage.strategy.actions.adding import add_measure, duplicate_measure, remove_measure, rename_measure
from maillage.strategy.actions.asking import answer_question, ask_question, confirm_question, set_aside_question
from maillage.strategy.actions.budgeting import add_budget_line, change_budget_line, remove_budget_line
from maillage.strategy.actions.importing import PlanReport, import_plan
from maillage.strategy.actions.loading import LoadReport, Tally, UnknownTerritory, load_strategy
from maillage.strategy.actions.proving import apply_rules, attach_evidence, detach_evidence, drop_rule, use_rule
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
    "PlanReport",
    "SteeringRefused",
    "Tally",
    "UnknownTerritory",
    "add_budget_line",
    "add_measure",
    "add_step",
    "answer_question",
    "apply_rules",
    "ask_question",
    "attach_evidence",
    "change_budget_line",
    "change_step",
    "confirm_question",
    "detach_evidence",
    "drop_rule",
    "duplicate_measure",
    "finish_step",
    "import_plan",
    "load_strategy",
    "remove_budget_line",
    "remove_measure",
    "remove_step",
    "rename_measure",
    "set_aside_question",
    "steer_many",
    "steer_measure",
    "tell_news",
    "use_rule",
    "withdraw_news",
]
