from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from maillage.directory.models.organisation import Organisation


class DuplicatePair(models.Model):
    """Two records that may be one: a person looks at both side by side; nothing is merged silently."""

    class State(models.TextChoices):
        OPEN = "open", "À examiner"
        MERGED = "merged", "Fusionnées"
        DISTINCT = "distinct", "Différentes"

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField("pourquoi", max_length=200)
    likeness = models.PositiveSmallIntegerField("ressemblance (0 à 100)")
    state = models.CharField("état", max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField("repérée le")
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)

    class Meta:
        verbose_name = "doublon possible"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
