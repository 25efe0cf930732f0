from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.outbox.models.letter import OBJECT_TYPE_LENGTH
from maillage.outbox.models.mailbox import Mailbox


class Climb(models.Model):
    """One ladder in progress: reminders about one object to one mailbox, until it moves or the last step is done.

    `step`: how many steps are done; `due_at`: when the next one is, empty once it is closed.
    """

    ladder = models.CharField("échelle", max_length=60)
    mailbox = models.ForeignKey(Mailbox, verbose_name="boîte", on_delete=models.CASCADE, related_name="+")
    object_type = models.CharField("type d’objet", max_length=OBJECT_TYPE_LENGTH)
    object_id = models.BigIntegerField("objet")
    facts = models.JSONField("faits", default=dict)
    opened_at = models.DateTimeField("ouverte le")
    step = models.PositiveSmallIntegerField("marches faites", default=0)
    due_at = models.DateTimeField("prochaine marche", null=True, blank=True)
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)

    class Meta:
        verbose_name = "relance en cours"
        verbose_name_plural = "relances en cours"
        constraints = [
            models.UniqueConstraint(
                fields=["ladder", "object_type", "object_id", "mailbox"],
                condition=Q(closed_at__isnull=True),
                name="climb_open_once",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(closed_at__isnull=True), name="climb_closed_has_no_next_step"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="climb_due", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["object_type", "object_id"], name="climb_of_object"),
        ]

    def __str__(self) -> str:
        return f"Relance {self.ladder} ({self.object_type} {self.object_id})"
