from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.aids.models.aid import Aid


class AidAdvice(models.Model):
    """Somebody of the team says that an aid is for this object, or is not, whatever the machine found.

    object_type: "app.model"; words: two lines of advice, read with the aid.
    """

    aid = models.ForeignKey(Aid, verbose_name="aide", on_delete=models.CASCADE, related_name="advice")
    object_type = models.CharField("type d’objet", max_length=100)
    object_id = models.BigIntegerField("objet")
    is_added = models.BooleanField("conseillée", default=True)
    words = models.CharField("conseil", max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "conseil sur une aide"
        verbose_name_plural = "conseils sur des aides"
        indexes = [models.Index(fields=["object_type", "object_id"], name="aid_advice_of_object")]
        constraints = [
            models.UniqueConstraint(fields=["aid", "object_type", "object_id"], name="aid_advice_once"),
            models.CheckConstraint(condition=~Q(object_type=""), name="aid_advice_is_about_something"),
        ]

    def __str__(self) -> str:
        return f"{self.aid}, {'conseillée' if self.is_added else 'retirée'}"
