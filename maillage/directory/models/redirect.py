from __future__ import annotations

from django.db import models

from maillage.directory.models.organisation import Organisation


class FormerSlug(models.Model):
    """An address that a sheet once had, or that of a record merged into it: it leads to the sheet."""

    slug = models.SlugField("ancienne adresse", max_length=150, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = "ancienne adresse"

    def __str__(self) -> str:
        return self.slug
