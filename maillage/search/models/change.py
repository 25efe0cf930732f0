from __future__ import annotations

from django.db import models
from django.utils import timezone


class Change(models.Model):
    """An object moved: every index that follows this table reads it again.

    `transaction` is PostgreSQL's number of the transaction that wrote the row, 0 on SQLite: ids are given
    before commit, so a smaller id may appear after a bigger one; finished transactions cannot.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField("type", max_length=40)
    object_id = models.BigIntegerField("objet")
    at = models.DateTimeField("moment", default=timezone.now, db_index=True)
    transaction = models.BigIntegerField("transaction", default=0)

    class Meta:
        verbose_name = "changement à indexer"
        verbose_name_plural = "changements à indexer"
        indexes = [models.Index(fields=["transaction", "id"], name="search_change_order")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
