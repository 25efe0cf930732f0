from maillage.strategy.models.indicator import Better, Frequency, Indicator, Kind, Reading, Target
from maillage.strategy.models.news import News
from maillage.strategy.models.plan import Axis, Measure, Objective, Strategy
from maillage.strategy.models.step import Step

__all__ = [
    "Axis",
    "Better",
    "Frequency",
    "Indicator",
    "Kind",
    "Measure",
    "News",
    "Objective",
    "Reading",
    "Step",
    "Strategy",
    "Target",
]
