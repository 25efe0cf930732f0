from __future__ import annotations

from django.db import models


class Source(models.Model):
    """Where a value came from: a document, an import, a person, open data. Many values share one."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "Document"
        IMPORT = "import", "Fichier importé"
        PERSON = "person", "Personne"
        OWNER = "owner", "La structure elle-même"
        OPEN_DATA = "open_data", "Donnée ouverte"
        EXAMPLE = "example", "Donnée d’exemple"
        COMPUTED = "computed", "Calcul"

    kind = models.CharField("nature", max_length=12, choices=Kind)
    title = models.CharField("intitulé", max_length=200)
    reference = models.CharField("référence", max_length=200, blank=True)
    url = models.URLField("adresse", max_length=500, blank=True)
    licence = models.CharField("licence", max_length=100, blank=True)
    date = models.DateField("date")

    class Meta:
        verbose_name = "source"
        constraints = [
            models.UniqueConstraint(fields=["kind", "title", "reference", "date"], name="source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.date:%d/%m/%Y})"

    @property
    def is_human(self) -> bool:
        """A person said it, of the territory or of the organisation itself: no import overwrites it."""
        return self.kind in HUMAN_KINDS


HUMAN_KINDS = (Source.Kind.PERSON, Source.Kind.OWNER)
