from __future__ import annotations

from django.db import models

from maillage.outbox.models.letter import Letter


class CaughtLetter(models.Model):
    """A letter of the demonstration: kept here instead of leaving, so that one can read it and follow its links."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField("à", max_length=254)
    title = models.CharField("objet", max_length=300)
    html = models.TextField("lettre")
    text = models.TextField("en texte")
    headers = models.JSONField("en-têtes", default=dict)
    caught_at = models.DateTimeField("le", db_index=True)

    class Meta:
        verbose_name = "lettre de démonstration"
        verbose_name_plural = "lettres de démonstration"

    def __str__(self) -> str:
        return self.title
