from __future__ import annotations

from django.db import models


class Epci(models.Model):
    """A community of communes (or an urban one), known by its SIREN."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    name = models.CharField("nom officiel", max_length=200)
    short_name = models.CharField("nom court", max_length=100)
    slug = models.SlugField("adresse", max_length=100, unique=True)
    kind = models.CharField("nature", max_length=20)
    position = models.PositiveSmallIntegerField("rang", default=0)
    outline = models.JSONField("contour", null=True, blank=True)

    class Meta:
        verbose_name = "EPCI"
        verbose_name_plural = "EPCI"

    def __str__(self) -> str:
        return self.short_name


class Territory(models.Model):
    """What a strategy covers: a PETR, one EPCI, or any list of communes. `drawing` holds the SVG paths."""

    class Kind(models.TextChoices):
        PETR = "petr", "Pôle d’équilibre territorial et rural"
        EPCI = "epci", "Établissement public de coopération intercommunale"
        CUSTOM = "custom", "Territoire de projet"

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    slug = models.SlugField("adresse", max_length=100, unique=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("nature", max_length=8, choices=Kind)
    epcis = models.ManyToManyField(Epci, verbose_name="EPCI", related_name="territories", blank=True)
    communes = models.ManyToManyField("territories.Commune", verbose_name="communes", related_name="territories")
    outline = models.JSONField("contour", null=True, blank=True)
    drawing = models.JSONField("carte dessinée", default=dict)
    notice = models.JSONField("sources et licences", default=dict)

    class Meta:
        verbose_name = "territoire"

    def __str__(self) -> str:
        return self.name
