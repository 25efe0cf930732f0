from maillage.strategy.models.news import News
from maillage.strategy.models.plan import Axis, Measure, Objective, Strategy
from maillage.strategy.models.step import Step

__all__ = ["Axis", "Measure", "News", "Objective", "Step", "Strategy"]
