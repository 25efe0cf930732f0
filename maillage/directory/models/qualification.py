from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from maillage.directory.enums import QualificationKind
from maillage.directory.models.organisation import Organisation


class Qualification(models.Model):
    """An accreditation, a label or a structure type, with its dates and its evidence."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="qualifications")
    kind = models.CharField("qualification", max_length=32, choices=QualificationKind)
    number = models.CharField("numéro", max_length=60, blank=True)
    start_date = models.DateField("depuis", null=True, blank=True)
    end_date = models.DateField("jusqu’au", null=True, blank=True)
    evidence = models.CharField("preuve", max_length=300, blank=True)
    source = models.ForeignKey("kernel.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "qualification"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "number"], name="qualification_once"),
            models.CheckConstraint(
                condition=Q(start_date__isnull=True)
                | Q(end_date__isnull=True)
                | Q(end_date__gte=models.F("start_date")),
                name="qualification_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def holds_on(self, day: date) -> bool:
        return (self.start_date is None or self.start_date <= day) and (self.end_date is None or day <= self.end_date)
