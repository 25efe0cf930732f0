from __future__ import annotations

from django.db import models

from maillage.outbox.models.mailbox import Mailbox


class UsedLink(models.Model):
    """A signed link that did what it says; `token_digest` is unique, so it does it once."""

    token_digest = models.CharField("empreinte", max_length=64, unique=True)
    purpose = models.CharField("ce qu’il fait", max_length=60)
    mailbox = models.ForeignKey(Mailbox, verbose_name="boîte", null=True, on_delete=models.SET_NULL, related_name="+")
    used_at = models.DateTimeField("suivi le")

    class Meta:
        verbose_name = "lien suivi"
        verbose_name_plural = "liens suivis"

    def __str__(self) -> str:
        return f"{self.purpose} {self.token_digest[:8]}"
