from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.directory.models.organisation import Organisation
from maillage.territories.models import Commune


class Establishment(models.Model):
    """A place where an organisation works: its own address, point and opening hours. SIRET optional.

    The place shown first is the `is_main` one; each organisation has at most one.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="establishments")
    is_main = models.BooleanField("lieu principal", default=True)
    siret = models.CharField("SIRET", max_length=14, null=True, blank=True)
    name = models.CharField("enseigne", max_length=255, blank=True)
    is_head_office = models.BooleanField("siège", default=False)
    address = models.CharField("adresse", max_length=255, blank=True)
    postal_code = models.CharField("code postal", max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune,
        verbose_name="commune",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="establishments",
    )
    place_label = models.CharField("commune telle que reçue", max_length=100, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    is_point_exact = models.BooleanField("point à l’adresse", default=False)
    opening_hours = models.CharField("horaires (syntaxe OpenStreetMap)", max_length=255, blank=True)
    closed_date = models.DateField("fermeture", null=True, blank=True)
    sources = models.JSONField("origine des champs", default=dict, blank=True)

    class Meta:
        verbose_name = "établissement"
        constraints = [
            models.UniqueConstraint(
                fields=["siret"], condition=Q(siret__isnull=False), name="establishment_siret_once"
            ),
            models.UniqueConstraint(fields=["organisation"], condition=Q(is_main=True), name="establishment_main_once"),
            models.CheckConstraint(condition=~Q(siret=""), name="establishment_siret_null_not_empty"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="establishment_point_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address or str(self.organisation_id)
