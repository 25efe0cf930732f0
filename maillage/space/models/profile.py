from __future__ import annotations

from datetime import UTC

from django.db import models

from maillage.directory.models import Organisation


class BudgetBand(models.TextChoices):
    """How much an organisation handles in a year, as forms ask it."""

    UNDER_10K = "0", "Moins de 10 000 €"
    UNDER_50K = "10", "De 10 000 à 50 000 €"
    UNDER_153K = "50", "De 50 000 à 153 000 €"
    UNDER_500K = "153", "De 153 000 à 500 000 €"
    ABOVE = "500", "Plus de 500 000 €"


class Profile(models.Model):
    """What every form of the territory asks an organisation, kept once, read by its own people only.

    Name, SIREN, address and public contact are the sheet's; they are not kept twice.
    """

    organisation = models.OneToOneField(
        Organisation, verbose_name="structure", on_delete=models.CASCADE, related_name="profile"
    )
    representative_name = models.CharField("représentante ou représentant légal", max_length=120, blank=True)
    representative_role = models.CharField("à quel titre", max_length=80, blank=True)
    representative_email = models.EmailField("son adresse électronique", blank=True)
    representative_phone = models.CharField("son téléphone", max_length=20, blank=True)
    volunteers = models.PositiveIntegerField("bénévoles actifs", null=True, blank=True)
    employees_fte = models.DecimalField(
        "salariés, en équivalent temps plein", max_digits=6, decimal_places=2, null=True, blank=True
    )
    budget_band = models.CharField("budget annuel", max_length=3, choices=BudgetBand, blank=True)
    insurer = models.CharField("assureur", max_length=120, blank=True)
    insurance_number = models.CharField("numéro du contrat", max_length=60, blank=True)
    insured_until = models.DateField("assurance valable jusqu’au", null=True, blank=True)
    approvals = models.TextField("agréments et labels", max_length=1_000, blank=True)
    updated_at = models.DateTimeField("mis à jour le")

    class Meta:
        verbose_name = "profil réutilisable"

    def __str__(self) -> str:
        return f"Profil de {self.organisation}"

    @property
    def stamp(self) -> str:
        """When it was last kept, as a form gives it back."""
        return self.updated_at.astimezone(UTC).isoformat()
