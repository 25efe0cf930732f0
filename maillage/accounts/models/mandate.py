from __future__ import annotations

from datetime import date

from django.db import models

from maillage.accounts.enums import Role
from maillage.accounts.models.user import User
from maillage.territories.models import Epci


class Mandate(models.Model):
    """A role held by a person, for a territory or one EPCI of it, from a day to another (both included)."""

    user = models.ForeignKey(User, verbose_name="personne", on_delete=models.CASCADE, related_name="mandates")
    role = models.CharField("rôle", max_length=24, choices=Role)
    epci = models.ForeignKey(
        Epci, verbose_name="communauté de communes", null=True, blank=True, on_delete=models.PROTECT
    )
    start_date = models.DateField("début")
    end_date = models.DateField("fin", null=True, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    how_to_reach = models.CharField("comment la ou le joindre", max_length=200, blank=True)

    class Meta:
        verbose_name = "mandat"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__isnull=True) | models.Q(end_date__gte=models.F("start_date")),
                name="mandate_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["user", "role", "start_date"], name="mandate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} : {self.user}"

    def holds_on(self, day: date) -> bool:
        """Is the mandate running that day?"""
        return self.start_date <= day and (self.end_date is None or day <= self.end_date)
