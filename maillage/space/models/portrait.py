from __future__ import annotations

from django.db import models

from maillage.accounts.models import User


class Portrait(models.Model):
    """The face of a liaison officer, shown while their mandate runs; its file leaves with it (`actions.portraits`)."""

    user = models.OneToOneField(User, verbose_name="personne", on_delete=models.CASCADE, related_name="portrait")
    picture = models.ForeignKey("wagtailimages.Image", verbose_name="image", on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField("accord donné le")

    class Meta:
        verbose_name = "portrait"

    def __str__(self) -> str:
        # Neutral: the journal keeps it.
        return f"Portrait n° {self.pk}"
