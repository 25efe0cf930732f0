from __future__ import annotations

from django.db import models


class Reading(models.Model):
    """One import of a source, whole: what it changed, and when."""

    source = models.CharField("source", max_length=120)
    at = models.DateTimeField("le")
    created = models.PositiveIntegerField("créées", default=0)
    changed = models.PositiveIntegerField("changées", default=0)
    unchanged = models.PositiveIntegerField("inchangées", default=0)
    gone = models.PositiveIntegerField("parties", default=0)

    class Meta:
        verbose_name = "lecture d’une source"
        verbose_name_plural = "lectures de sources"

    def __str__(self) -> str:
        return f"{self.source}, {self.at:%d/%m/%Y}"
