from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from maillage.grants.enums import ReduceGround
from maillage.grants.models.change import DELIBERATED, SignedChange
from maillage.grants.models.decision import Decision


class Reduction(SignedChange):
    """A signed award that becomes smaller; what had been paid above the new amount is due back.

    amount: euros of the award from then on; before: what it was, known at the confirmation.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reductions")
    amount = models.DecimalField("nouveau montant", max_digits=12, decimal_places=2)
    before = models.DecimalField("montant avant", max_digits=12, decimal_places=2, null=True, blank=True)
    ground = models.CharField("motif", max_length=9, choices=ReduceGround)

    class Meta(SignedChange.Meta):
        verbose_name = "réduction"
        constraints = [
            *SignedChange.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="reduction_leaves_an_amount"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | DELIBERATED & Q(before__gt=F("amount")),
                name="reduction_has_deliberation",
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
