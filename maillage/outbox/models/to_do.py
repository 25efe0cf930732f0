from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.outbox.models.letter import OBJECT_TYPE_LENGTH
from maillage.outbox.models.mailbox import Mailbox


class ToDo(models.Model):
    """Something a letter cannot do: an agent calls, looks, decides. Born from a ladder, a dead letter or an agent.

    `due_date`: the day somebody set; without one it is due at once. `owner`: who said they do it.
    """

    title = models.CharField("à faire", max_length=200)
    object_type = models.CharField("type d’objet", max_length=OBJECT_TYPE_LENGTH, blank=True)
    object_id = models.BigIntegerField("objet", null=True, blank=True)
    mailbox = models.ForeignKey(
        Mailbox, verbose_name="boîte", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    once_key = models.CharField("demandée une fois", max_length=200, unique=True)
    opened_at = models.DateTimeField("demandée le")
    due_date = models.DateField("pour le", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pour",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_at = models.DateTimeField("faite le", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField("ce qui s’est passé", max_length=500, blank=True)

    class Meta:
        verbose_name = "chose à faire"
        verbose_name_plural = "choses à faire"
        indexes = [
            models.Index(fields=["opened_at"], name="to_do_open", condition=Q(done_at__isnull=True)),
            models.Index(fields=["object_type", "object_id"], name="to_do_of_object", condition=~Q(object_type="")),
        ]

    def __str__(self) -> str:
        return self.title
