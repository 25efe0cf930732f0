from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.strategy.enums import Money
from maillage.strategy.models.plan import Measure


class BudgetLine(models.Model):
    """Money for a measure: who gives it, for which year, and whether it is hoped for, promised or spent.

    amount: euros. A sum that is hoped for, then promised, is one line whose stage moves; what is spent is a line of
    its own, beside the one it was promised by.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="budget")
    funder = models.CharField("qui finance", max_length=120)
    year = models.PositiveSmallIntegerField("année")
    stage = models.CharField("stade", max_length=8, choices=Money)
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        constraints = [
            models.UniqueConstraint(fields=["measure", "funder", "year", "stage"], name="budget_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_is_some_money"),
        ]

    def __str__(self) -> str:
        return f"{self.funder}, {self.year}"
