from maillage.strategy.models.plan import Axis, Measure, Objective, Strategy

__all__ = ["Axis", "Measure", "Objective", "Strategy"]
