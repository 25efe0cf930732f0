from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.needs.models.need import Need


class Voice(models.Model):
    """Somebody behind a need: who said it, or joined it. An account, an address, or nobody.

    An address counts, and is written to, once a letter confirmed it; one that nobody confirmed is forgotten after a
    few days. `stopped_at`: they asked to hear no more of this need, and still count.
    """

    need = models.ForeignKey(Need, verbose_name="besoin", on_delete=models.CASCADE, related_name="voices")
    is_author = models.BooleanField("l’a dit", default=False)
    user = models.ForeignKey(
        User, verbose_name="compte", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    said_at = models.DateTimeField("le")
    confirmed_at = models.DateTimeField("adresse confirmée le", null=True, blank=True)
    stopped_at = models.DateTimeField("ne suit plus depuis le", null=True, blank=True)

    class Meta:
        verbose_name = "voix"
        verbose_name_plural = "voix"
        indexes = [
            models.Index(
                fields=["said_at"], name="voice_unconfirmed", condition=Q(confirmed_at__isnull=True) & ~Q(email="")
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["need"], condition=Q(is_author=True), name="need_has_one_author"),
            models.UniqueConstraint(fields=["need", "email"], condition=~Q(email=""), name="address_once_for_a_need"),
            models.UniqueConstraint(
                fields=["need", "user"], condition=Q(user__isnull=False), name="account_once_for_a_need"
            ),
        ]

    def __str__(self) -> str:
        return f"Voix {self.pk}"
