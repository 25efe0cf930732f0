from maillage.strategy.models.indicator import Better, Frequency, Indicator, Kind, Reading, Target
from maillage.strategy.models.plan import Axis, Measure, Objective, Strategy

__all__ = [
    "Axis",
    "Better",
    "Frequency",
    "Indicator",
    "Kind",
    "Measure",
    "Objective",
    "Reading",
    "Strategy",
    "Target",
]
