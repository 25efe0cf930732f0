from __future__ import annotations

from django.conf import settings
from django.db import models

from maillage.strategy.models.plan import Measure


class News(models.Model):
    """A few words to inhabitants about what moved in a measure."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="news")
    news_date = models.DateField("du")
    text = models.TextField("nouvelle", max_length=600)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    told_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "nouvelle"
        verbose_name_plural = "nouvelles"
        indexes = [models.Index(fields=["measure", "-news_date"], name="news_latest")]

    def __str__(self) -> str:
        return self.text
