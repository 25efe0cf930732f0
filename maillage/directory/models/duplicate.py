from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maillage.directory.models.organisation import Organisation


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    """Pairs of sheets, by what remains to decide."""

    def to_review(self) -> DuplicatePairQuerySet:
        """Open, and both sheets still living; the most alike first."""
        living = self.filter(first__merged_into__isnull=True, second__merged_into__isnull=True)
        return living.filter(state=DuplicatePair.State.OPEN).order_by("-likeness", "pk")


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

    objects: ClassVar[DuplicatePairQuerySet] = DuplicatePairQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "doublon possible"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
