from __future__ import annotations

from django.db import models

from maillage.kernel.models.source import Source


class DatedValue(models.Model):
    """A legal value or a rule of the territory, from a day on: a term, a ceiling, a rate. The latest one holds.

    `value` = a number in `unit` (`mois`, `jours`, `€`…); `key` = « term.account_inactive ».
    """

    key = models.CharField("clé", max_length=80)
    label = models.CharField("intitulé", max_length=200)
    value = models.DecimalField("valeur", max_digits=14, decimal_places=4)
    unit = models.CharField("unité", max_length=20)
    start_date = models.DateField("à partir du")
    source = models.ForeignKey(Source, verbose_name="source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "valeur datée"
        verbose_name_plural = "valeurs datées"
        constraints = [models.UniqueConstraint(fields=["key", "start_date"], name="dated_value_once")]

    def __str__(self) -> str:
        return f"{self.label} : {self.value.normalize():f} {self.unit}"
