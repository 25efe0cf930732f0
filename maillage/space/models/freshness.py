from __future__ import annotations

from django.db import models

from maillage.directory.models import Organisation
from maillage.space.enums import Months


class Freshness(models.Model):
    """How an organisation keeps its sheet right: how often it is asked, who has the last word. Made when first needed.

    `asked_at`: the last time a letter asked whether the sheet is still right. `contributors_wait`: what a contributor
    changes waits for the manager's yes.
    """

    organisation = models.OneToOneField(
        Organisation, verbose_name="structure", on_delete=models.CASCADE, related_name="freshness"
    )
    months = models.PositiveSmallIntegerField("demandée tous les (mois)", choices=Months, default=Months.TWELVE)
    asked_at = models.DateTimeField("demandée le", null=True, blank=True)
    contributors_wait = models.BooleanField("les changements attendent la personne responsable", default=False)

    class Meta:
        verbose_name = "fraîcheur d’une fiche"
        verbose_name_plural = "fraîcheur des fiches"
        constraints = [
            models.CheckConstraint(condition=models.Q(months__in=Months.values), name="freshness_months_chosen")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, tous les {self.months} mois"
