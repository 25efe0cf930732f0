from __future__ import annotations

from django.conf import settings
from django.db import models


class JournalEntry(models.Model):
    """One act on one object: who, when, which verb, and each field before and after.

    `changes` = {field: [before, after]} with JSON values; creating gives [None, value].
    `batch` names the act this one belongs to ("import:12", "merge:7"), so that it can be undone whole.
    """

    at = models.DateTimeField("moment", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    actor_label = models.CharField("au nom de", max_length=200)
    verb = models.CharField("acte", max_length=60)
    object_type = models.CharField("type d’objet", max_length=60)
    object_id = models.BigIntegerField("objet")
    object_label = models.CharField("nom de l’objet", max_length=255)
    changes = models.JSONField("changements", default=dict)
    batch = models.CharField("lot", max_length=60, blank=True)
    note = models.CharField("remarque", max_length=500, blank=True)

    class Meta:
        verbose_name = "acte journalisé"
        verbose_name_plural = "journal"
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="journal_of_object"),
            models.Index(fields=["batch"], name="journal_of_batch", condition=~models.Q(batch="")),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_label}"
