from __future__ import annotations

from django.db import models

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.space.enums import ClaimState


class Claim(models.Model):
    """Someone says « c'est ma structure ». Decided by an agent, unless the organisation's own address proves it."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.CASCADE, related_name="claims"
    )
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse électronique", max_length=254)
    proof = models.TextField("ce qui le prouve", max_length=1_000)
    state = models.CharField("état", max_length=9, choices=ClaimState, default=ClaimState.OPEN)
    reason = models.CharField("motif de la décision", max_length=300, blank=True)
    opened_at = models.DateTimeField("demandée le")
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "demande de reprise"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=models.Q(state=ClaimState.OPEN), name="claim_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} : {self.organisation}"
