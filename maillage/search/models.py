from __future__ import annotations

from django.db import models


class Change(models.Model):
    """One object changed: every process that keeps an index reads this table in order."""

    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "changement à indexer"

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
