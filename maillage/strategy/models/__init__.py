from maillage.strategy.models.budget import BudgetLine
from maillage.strategy.models.evidence import Evidence, EvidenceCount, EvidenceRule
from maillage.strategy.models.indicator import Better, Frequency, Indicator, Kind, Reading, Target
from maillage.strategy.models.news import News
from maillage.strategy.models.plan import Axis, Measure, Objective, Strategy
from maillage.strategy.models.question import Question
from maillage.strategy.models.step import Step

__all__ = [
    "Axis",
    "Better",
    "BudgetLine",
    "Evidence",
    "EvidenceCount",
    "EvidenceRule",
    "Frequency",
    "Indicator",
    "Kind",
    "Measure",
    "News",
    "Objective",
    "Question",
    "Reading",
    "Step",
    "Strategy",
    "Target",
]
