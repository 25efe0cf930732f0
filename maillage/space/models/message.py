from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.space.enums import MessageState


class RelayedMessage(models.Model):
    """A visitor writes to an organisation, or to a liaison officer, without seeing an address.

    The words leave once the visitor's own address confirmed them, and are blanked after a few days; the row stays,
    for counts and delays. Nobody reads them in the back office.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    officer = models.ForeignKey(
        User, verbose_name="référente, référent", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField("état", max_length=9, choices=MessageState, default=MessageState.WRITTEN)
    name = models.CharField("nom", max_length=120, blank=True)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    words = models.TextField("message", max_length=4_000, blank=True)
    written_at = models.DateTimeField("écrit le")
    relayed_at = models.DateTimeField("transmis le", null=True, blank=True)

    class Meta:
        verbose_name = "message transmis"
        verbose_name_plural = "messages transmis"
        indexes = [models.Index(fields=["written_at"], name="message_kept", condition=~Q(words=""))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MessageState.RELAYED) | Q(relayed_at__isnull=False), name="message_relayed_is_dated"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(officer__isnull=True), name="message_has_one_reader"
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"
