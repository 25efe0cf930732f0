from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import User
from maillage.calls.enums import DecidingBody
from maillage.grants.enums import CancelGround
from maillage.grants.models.decision import Decision


class Cancellation(models.Model):
    """The end of an award after its signature: prepared by one person, confirmed by another with a deliberation.

    reason: words that the letter says. due_back: euros that had been paid, known at the confirmation; they come back
    about due_on, None when nothing was.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="cancellation")
    ground = models.CharField("motif", max_length=9, choices=CancelGround)
    reason = models.TextField("raison", max_length=1_000)
    due_back = models.DecimalField("à rendre", max_digits=12, decimal_places=2, default=Decimal(0))
    due_on = models.DateField("à rendre vers le", null=True, blank=True)
    body = models.CharField("qui a délibéré", max_length=9, choices=DecidingBody, blank=True)
    deliberation = models.CharField("délibération n°", max_length=60, blank=True)
    deliberated_on = models.DateField("délibération du", null=True, blank=True)
    prepared_at = models.DateTimeField("préparée le")
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "annulation"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="cancellation_says_why"),
            models.CheckConstraint(condition=Q(due_back__gte=0), name="cancellation_due_is_positive"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None)
                | ~Q(deliberation="") & ~Q(body="") & Q(deliberated_on__isnull=False),
                name="cancellation_has_deliberation",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(prepared_by=None) | ~Q(confirmed_by=F("prepared_by")),
                name="cancellation_takes_two",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Annulation, {str(self.decision.application).lower()}"
