from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.content import phrases
from maillage.content.models.resource import Resource


class Upkeep(models.Model):
    """What is known of a resource beside its text: who looked at it and when, whether it answers, how much it serves.

    Apart from the page, so that publishing an older version of a text never takes back a verification. `uses`: how
    many times it was opened, never by whom. trouble: "404", "host" or "file" (`phrases.TROUBLES`), "" when it answers.
    """

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, primary_key=True, related_name="upkeep")
    verified_on = models.DateField("vérifiée le", null=True, blank=True)
    verified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    uses = models.PositiveIntegerField("consultations", default=0)
    trouble = models.CharField("ce qui ne répond plus", max_length=20, blank=True)
    checked_at = models.DateTimeField("lien regardé le", null=True, blank=True)

    class Meta:
        verbose_name = "suivi d’une ressource"
        verbose_name_plural = "suivi des ressources"
        indexes = [models.Index(fields=["-uses"], name="resource_most_used")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | Q(verified_on__isnull=False), name="resource_verified_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Suivi de la ressource n° {self.pk}"

    @property
    def trouble_words(self) -> str:
        return ", ".join(phrases.TROUBLES.get(one, one) for one in self.trouble.split(", ") if one)
