from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.outbox.enums import Frequency, StopReason, Weekday

# Stands for every subject in `blocked_subjects`: only what nobody can refuse still leaves.
EVERYTHING = "*"


class Mailbox(models.Model):
    """An address we write to, with or without an account, and what its reader chose.

    `digest` stands for the address in logs and in the journal. `gathered_date`: Paris date of the last gathering.
    """

    address = models.EmailField("adresse", max_length=254, unique=True)
    digest = models.CharField("empreinte", max_length=16, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    frequency = models.CharField("fréquence", max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    day = models.PositiveSmallIntegerField("jour", choices=Weekday, default=Weekday.TUESDAY)
    blocked_subjects = models.JSONField("sujets refusés", default=list)
    stop_reason = models.CharField("arrêtée parce que", max_length=10, choices=StopReason, blank=True)
    stopped_at = models.DateTimeField("arrêtée le", null=True, blank=True)
    resumed_at = models.DateTimeField("reprise le", null=True, blank=True)
    gathered_date = models.DateField("dernier regroupement", null=True, blank=True)
    created_at = models.DateTimeField("connue depuis")

    class Meta:
        verbose_name = "boîte aux lettres"
        verbose_name_plural = "boîtes aux lettres"
        constraints = [
            models.CheckConstraint(
                condition=Q(stop_reason="", stopped_at__isnull=True)
                | (~Q(stop_reason="") & Q(stopped_at__isnull=False)),
                name="mailbox_stop_is_dated",
            ),
            models.CheckConstraint(condition=Q(day__lte=6), name="mailbox_day_of_week"),
        ]

    def __str__(self) -> str:
        # What the journal and the logs show.
        return f"Boîte {self.digest}"

    def refuses(self, subject: str) -> bool:
        """Did its reader refuse this subject? "" is what nobody can refuse."""
        return bool(subject) and (EVERYTHING in self.blocked_subjects or subject in self.blocked_subjects)

    def was_gathered_for(self, day: date) -> bool:
        """Has this reader had the gathered letter of that day, or of its week (Monday to Sunday)?"""
        if self.gathered_date is None or self.frequency == Frequency.AT_ONCE:
            return False
        if self.frequency == Frequency.DAILY:
            return self.gathered_date >= day
        return self.gathered_date.isocalendar()[:2] >= day.isocalendar()[:2]
