from __future__ import annotations

from django.db import models

from maillage.discussion.enums import Outcome
from maillage.discussion.models.thread import Message


class ReceivedMail(models.Model):
    """The trace of an e-mail that came to a reply address, so that it lands once; nothing of what it said.

    digest: keyed, of its Message-ID; the row is written in the transaction of what the e-mail did.
    """

    digest = models.CharField("empreinte", max_length=32, unique=True)
    outcome = models.CharField("suite", max_length=8, choices=Outcome)
    trouble = models.CharField("pourquoi", max_length=20, blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("reçu le", db_index=True)

    class Meta:
        verbose_name = "courriel reçu"
        verbose_name_plural = "courriels reçus"

    def __str__(self) -> str:
        return f"Courriel n° {self.pk}"
