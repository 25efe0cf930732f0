from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.aids.enums import Pace


class Watch(models.Model):
    """A saved search: new aids that it finds are told to whoever saved it. An account, or an address.

    `asked`: the end of the address of the list, as `queries.Asked.address` writes it. An address is written to once a
    letter confirmed it; one that nobody confirmed is forgotten. `told_at`: the last time new aids were looked for.
    """

    user = models.ForeignKey(
        User, verbose_name="compte", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    asked = models.CharField("recherche", max_length=500, blank=True)
    pace = models.CharField("fréquence", max_length=7, choices=Pace, default=Pace.WEEKLY)
    made_at = models.DateTimeField("gardée le")
    confirmed_at = models.DateTimeField("adresse confirmée le", null=True, blank=True)
    stopped_at = models.DateTimeField("arrêtée le", null=True, blank=True)
    told_at = models.DateTimeField("regardée le", null=True, blank=True)
    is_example = models.BooleanField("donnée d’exemple", default=False)

    class Meta:
        verbose_name = "recherche gardée"
        verbose_name_plural = "recherches gardées"
        indexes = [
            models.Index(
                fields=["told_at"], name="watch_live", condition=Q(confirmed_at__isnull=False, stopped_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=True) | Q(email=""), name="watch_has_one_reader"),
            models.UniqueConstraint(
                fields=["user", "asked"], condition=Q(user__isnull=False), name="watch_once_an_account"
            ),
            models.UniqueConstraint(fields=["email", "asked"], condition=~Q(email=""), name="watch_once_an_address"),
        ]

    def __str__(self) -> str:
        # Not the address: the journal keeps this one.
        return f"Recherche d’aides {self.pk}"
