from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.desk.enums import ContactPart, PartnerPart
from maillage.desk.models.project import Project
from maillage.directory.models import Organisation


class Contact(models.Model):
    """Somebody of a project. A holder whose address a letter confirmed has an account, and reads the project's page."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="contacts")
    part = models.CharField("rôle", max_length=6, choices=ContactPart, default=ContactPart.HOLDER)
    name = models.CharField("nom", max_length=120)
    quality = models.CharField("fonction ou structure", max_length=150, blank=True)
    email = models.EmailField("adresse électronique", max_length=254, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    user = models.ForeignKey(
        User, verbose_name="compte", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField("noté le")

    class Meta:
        verbose_name = "personne d’un projet"
        verbose_name_plural = "personnes d’un projet"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "user"], condition=Q(user__isnull=False), name="project_person_once"
            ),
            models.UniqueConstraint(fields=["project", "email"], condition=~Q(email=""), name="project_address_once"),
            models.CheckConstraint(condition=~Q(name=""), name="project_contact_is_named"),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone="") | Q(user__isnull=False), name="project_contact_can_be_reached"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Personne n° {self.pk}"


class Involvement(models.Model):
    """An organisation that takes part in a project, with its part and its share of the budget, in euros."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField("nom, si elle n’est pas dans l’annuaire", max_length=150, blank=True)
    part = models.CharField("rôle", max_length=7, choices=PartnerPart, default=PartnerPart.PARTNER)
    share = models.DecimalField("part du budget", max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "structure d’un projet"
        verbose_name_plural = "structures d’un projet"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"], condition=Q(organisation__isnull=False),
                name="project_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(part=PartnerPart.LEAD), name="project_has_one_lead"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name=""), name="project_organisation_is_named"
            ),
            models.CheckConstraint(condition=Q(share__isnull=True) | Q(share__gte=0), name="project_share_is_positive"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation) if self.organisation else self.name


class Effort(models.Model):
    """Time that the team gave to a project, in half-days; for the figures of engineering."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="efforts")
    day = models.DateField("jour")
    half_days = models.PositiveSmallIntegerField("demi-journées")
    words = models.CharField("à quoi", max_length=150, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "temps d’ingénierie"
        verbose_name_plural = "temps d’ingénierie"
        constraints = [
            models.CheckConstraint(condition=Q(half_days__gte=1, half_days__lte=20), name="project_effort_is_sensible")
        ]

    def __str__(self) -> str:
        return f"{self.half_days} demi-journées, {self.project}"
