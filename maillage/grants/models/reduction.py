from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import User
from maillage.calls.enums import DecidingBody
from maillage.grants.enums import ReduceGround
from maillage.grants.models.decision import Decision


class Reduction(models.Model):
    """A signed award that becomes smaller: prepared by one person, confirmed by another with a deliberation.

    amount: euros of the award from then on; before: what it was, known at the confirmation. reason: words that the
    letter says. due_back: euros that had been paid above the new amount; they come back about due_on, None when
    nothing was.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reductions")
    amount = models.DecimalField("nouveau montant", max_digits=12, decimal_places=2)
    before = models.DecimalField("montant avant", max_digits=12, decimal_places=2, null=True, blank=True)
    ground = models.CharField("motif", max_length=9, choices=ReduceGround)
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
        verbose_name = "réduction"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reduction_says_why"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="reduction_leaves_an_amount"),
            models.CheckConstraint(condition=Q(due_back__gte=0), name="reduction_due_is_positive"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None)
                | ~Q(deliberation="") & ~Q(body="") & Q(deliberated_on__isnull=False) & Q(before__gt=F("amount")),
                name="reduction_has_deliberation",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(prepared_by=None) | ~Q(confirmed_by=F("prepared_by")),
                name="reduction_takes_two",
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(confirmed_at=None), name="reduction_prepared_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Réduction, {str(self.decision.application).lower()}"

    @property
    def document(self) -> str:
        """Its letter, as addresses name it."""
        return f"reduction-{self.pk}"
