from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from maillage.territories.models.territory import Epci
from maillage.territories.querysets import CommuneQuerySet


class Commune(models.Model):
    """A commune of the official geographic code, known by its INSEE code (text: `02604`)."""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=100)
    name_key = models.CharField("nom plié pour le tri", max_length=100, db_index=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    epci = models.ForeignKey(
        Epci, verbose_name="EPCI", null=True, blank=True, on_delete=models.PROTECT, related_name="communes"
    )
    department_code = models.CharField("département", max_length=3, db_index=True)
    region_code = models.CharField("région", max_length=3)
    postal_codes = models.JSONField("codes postaux", default=list)
    latitude = models.FloatField("latitude du centre", null=True)
    longitude = models.FloatField("longitude du centre", null=True)
    town_hall_latitude = models.FloatField("latitude de la mairie", null=True)
    town_hall_longitude = models.FloatField("longitude de la mairie", null=True)
    is_town_hall_reliable = models.BooleanField("mairie bien placée", default=False)
    area_km2 = models.FloatField("superficie (km²)", null=True)

    objects: ClassVar[CommuneQuerySet] = CommuneQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "commune"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("portal:commune", args=[self.code, self.slug])

    @property
    def slug(self) -> str:
        """The name as an address writes it; the code before it makes it unique."""
        return self.name_key.replace(" ", "-")


class CommuneShape(models.Model):
    """The simplified contour of a commune, kept apart so that lists stay light (GeoJSON, WGS 84)."""

    commune = models.OneToOneField(Commune, primary_key=True, on_delete=models.CASCADE, related_name="shape")
    geometry = models.JSONField("contour")

    class Meta:
        verbose_name = "contour de commune"

    def __str__(self) -> str:
        return f"Contour de {self.commune_id}"


class FormerCommune(models.Model):
    """A code that old files still carry, and the commune that stands there now."""

    code = models.CharField("ancien code", max_length=5, primary_key=True)
    name = models.CharField("ancien nom", max_length=100)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="former_communes")

    class Meta:
        verbose_name = "ancienne commune"

    def __str__(self) -> str:
        return self.name


class Neighbour(models.Model):
    """A commune that shares a border with another; the neighbour may stand outside what is loaded."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="neighbours")
    code = models.CharField("code de la voisine", max_length=5)
    name = models.CharField("nom de la voisine", max_length=100)

    class Meta:
        verbose_name = "commune voisine"
        constraints = [models.UniqueConstraint(fields=["commune", "code"], name="neighbour_once")]

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """Legal population of one commune at one census year (people)."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField("millésime")
    municipal = models.PositiveIntegerField("population municipale")
    total = models.PositiveIntegerField("population totale", null=True)

    class Meta:
        verbose_name = "population"
        constraints = [models.UniqueConstraint(fields=["commune", "year"], name="population_once")]

    def __str__(self) -> str:
        return f"{self.municipal} ({self.year})"
