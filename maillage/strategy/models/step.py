from __future__ import annotations

from django.db import models

from maillage.strategy.models.plan import Measure


class Step(models.Model):
    """Something to do for a measure, for a day; done on a day."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("étape", max_length=200)
    who = models.CharField("par", max_length=120, blank=True)
    due_date = models.DateField("pour le", null=True, blank=True)
    done_date = models.DateField("faite le", null=True, blank=True)

    class Meta:
        verbose_name = "étape"

    def __str__(self) -> str:
        return self.title
