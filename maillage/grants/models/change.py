from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import User
from maillage.calls.enums import DecidingBody


class SignedChange(models.Model):
    """What happens to an award after its signature: prepared by one person, confirmed by another with a deliberation.

    reason: words that the letter says. due_back: euros that had been paid and are no longer due, known at the
    confirmation; they come back about due_on, None when there are none.
    """

    reason = models.TextField("raison", max_length=1_000)
    due_back = models.DecimalField("à rendre", max_digits=12, decimal_places=2, default=Decimal(0))
    due_on = models.DateField("à rendre vers le", null=True, blank=True)
    body = models.CharField("qui a délibéré", max_length=9, choices=DecidingBody, blank=True)
    deliberation = models.CharField("délibération n°", max_length=60, blank=True)
    deliberated_on = models.DateField("délibération du", null=True, blank=True)
    prepared_at = models.DateTimeField("préparée le")
    prepared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="%(class)s_says_why"),
            models.CheckConstraint(condition=Q(due_back__gte=0), name="%(class)s_due_is_positive"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(prepared_by=None) | ~Q(confirmed_by=F("prepared_by")),
                name="%(class)s_takes_two",
            ),
        ]


DELIBERATED = ~Q(deliberation="") & ~Q(body="") & Q(deliberated_on__isnull=False)
