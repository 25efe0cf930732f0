from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models.user import User


class Delegation(models.Model):
    """While one person is away, another takes their place, from a day to another (both included).

    What is handed over is what waits for somebody: `enums.HANDED_OVER`, never the administration.
    """

    giver = models.ForeignKey(
        User, verbose_name="qui s’absente", on_delete=models.CASCADE, related_name="delegations_given"
    )
    taker = models.ForeignKey(
        User, verbose_name="qui remplace", on_delete=models.CASCADE, related_name="delegations_held"
    )
    start_date = models.DateField("premier jour")
    end_date = models.DateField("dernier jour")
    created_at = models.DateTimeField("décidée le")

    class Meta:
        verbose_name = "remplacement"
        constraints = [
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="delegation_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="delegation_to_another"),
        ]
        indexes = [models.Index(fields=["taker", "end_date"], name="delegation_of_taker")]

    def __str__(self) -> str:
        return f"{self.taker} remplace {self.giver}"

    def holds_on(self, day: date) -> bool:
        """Does it run that day?"""
        return self.start_date <= day <= self.end_date
