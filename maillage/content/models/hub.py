from __future__ import annotations

from django.db import models
from django.urls import reverse

from maillage.directory.models import Term
from maillage.strategy.models import Measure


class Hub(models.Model):
    """What an editor says at the head of a theme's page, and the measures of the strategy that it is about.

    A theme without a row has its page all the same. introduction: plain text, paragraphs parted by an empty line.
    """

    term = models.OneToOneField(Term, verbose_name="thème", on_delete=models.CASCADE, related_name="+")
    introduction = models.TextField("introduction", max_length=1_500, blank=True)
    measures = models.ManyToManyField(Measure, verbose_name="mesures", blank=True, related_name="+")
    changed_at = models.DateTimeField("changée le")
    is_example = models.BooleanField("donnée d’exemple", default=False)

    class Meta:
        verbose_name = "page d’un thème"
        verbose_name_plural = "pages des thèmes"

    def __str__(self) -> str:
        return self.term.label

    def get_absolute_url(self) -> str:
        return reverse("content:hub", args=[self.term.code])
