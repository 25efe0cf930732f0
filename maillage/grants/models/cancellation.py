from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.grants.enums import CancelGround
from maillage.grants.models.change import DELIBERATED, SignedChange
from maillage.grants.models.decision import Decision


class Cancellation(SignedChange):
    """The end of an award after its signature; all that had been paid is due back."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="cancellation")
    ground = models.CharField("motif", max_length=9, choices=CancelGround)

    class Meta(SignedChange.Meta):
        verbose_name = "annulation"
        constraints = [
            *SignedChange.Meta.constraints,
            models.CheckConstraint(condition=Q(confirmed_at=None) | DELIBERATED, name="cancellation_has_deliberation"),
        ]

    def __str__(self) -> str:
        return f"Annulation, {str(self.decision.application).lower()}"
