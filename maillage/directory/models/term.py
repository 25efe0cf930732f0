from __future__ import annotations

from django.db import models

from maillage.directory.enums import TermKind


class Term(models.Model):
    """One word of a vocabulary: a sector, a theme of the strategy, a target group."""

    kind = models.CharField("vocabulaire", max_length=12, choices=TermKind)
    code = models.SlugField("code", max_length=60)
    label = models.CharField("libellé", max_length=100)
    definition = models.CharField("définition", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "terme"
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="term_once")]

    def __str__(self) -> str:
        return self.label
