from __future__ import annotations

from django.db import models


class Erasure(models.Model):
    """Somebody was erased: when, and a keyed digest of their address, so that a restored backup forgets them again.

    `counts` = {what: how many rows}; `compacted_at` = when the freed room of the database file was given back.
    """

    digest = models.CharField("empreinte", max_length=64)
    at = models.DateTimeField("moment")
    counts = models.JSONField("bilan", default=dict)
    compacted_at = models.DateTimeField("fichier resserré le", null=True, blank=True)

    class Meta:
        verbose_name = "effacement"
        constraints = [models.UniqueConstraint(fields=["digest", "at"], name="erasure_once")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y}"
