from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.outbox.enums import State, Trouble
from maillage.outbox.models.mailbox import Mailbox

OBJECT_TYPE_LENGTH = 60


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, by what remains to do with them."""

    def ready(self, at: datetime) -> LetterQuerySet:
        """May leave now, the most pressing first; those carried by another leave with it."""
        pending = self.filter(state=State.PENDING, gathered_in__isnull=True, due_at__lte=at)
        return pending.order_by("rank", "due_at", "pk")

    def to_gather(self, at: datetime) -> LetterQuerySet:
        """Their moment to be gathered has come."""
        return self.filter(state=State.WAITING, due_at__lte=at)

    def on_their_own(self) -> LetterQuerySet:
        """Without those that another carries."""
        return self.filter(gathered_in__isnull=True)


class Letter(models.Model):
    """One thing to say to one mailbox.

    `rank`: 0 leaves before everything else. `earliest_at`: what its room asked; `due_at`: when it may leave, or be
    tried again. `once_key`: two rules that would say the same give the same key. `owner`, `lease_until`: the worker
    that holds it; `is_begun`: that worker may have handed it over, so nobody else ever sends it by itself.
    """

    mailbox = models.ForeignKey(Mailbox, verbose_name="boîte", on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField("sorte", max_length=60)
    subject = models.CharField("sujet", max_length=40, blank=True)
    object_type = models.CharField("type d’objet", max_length=OBJECT_TYPE_LENGTH, blank=True)
    object_id = models.BigIntegerField("objet", null=True, blank=True)
    facts = models.JSONField("faits", default=dict)
    once_key = models.CharField("dite une fois", max_length=200, null=True, blank=True, unique=True)
    state = models.CharField("état", max_length=9, choices=State)
    rank = models.PositiveSmallIntegerField("rang")
    earliest_at = models.DateTimeField("pas avant le")
    due_at = models.DateTimeField("peut partir le")
    too_late_at = models.DateTimeField("trop tard le")
    gathered_in = models.ForeignKey(
        "self", verbose_name="portée par", null=True, blank=True, on_delete=models.CASCADE, related_name="carried"
    )
    owner = models.CharField("travailleur", max_length=32, blank=True)
    lease_until = models.DateTimeField("bail", null=True, blank=True)
    is_begun = models.BooleanField("remise commencée", default=False)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    trouble = models.CharField("ennui", max_length=16, choices=Trouble, blank=True)
    server_id = models.CharField("numéro chez l’expéditeur", max_length=200, blank=True)
    created_at = models.DateTimeField("écrite le")
    left_at = models.DateTimeField("partie le", null=True, blank=True)

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lettre"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.SENDING) | (~Q(owner="") & Q(lease_until__isnull=False)),
                name="letter_on_its_way_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(object_type="", object_id__isnull=True) | (~Q(object_type="") & Q(object_id__isnull=False)),
                name="letter_object_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["rank", "due_at", "id"],
                name="letter_ready",
                condition=Q(state=State.PENDING, gathered_in__isnull=True),
            ),
            models.Index(fields=["lease_until"], name="letter_leased", condition=Q(state=State.SENDING)),
            models.Index(fields=["due_at", "mailbox"], name="letter_to_gather", condition=Q(state=State.WAITING)),
            models.Index(fields=["-due_at", "-id"], name="letter_by_moment", condition=Q(gathered_in__isnull=True)),
            models.Index(fields=["state", "-due_at", "-id"], name="letter_by_state"),
            models.Index(fields=["object_type", "object_id"], name="letter_of_object", condition=~Q(object_type="")),
            models.Index(fields=["server_id"], name="letter_by_server_id", condition=~Q(server_id="")),
        ]

    def __str__(self) -> str:
        return f"Lettre {self.pk} ({self.kind})"
