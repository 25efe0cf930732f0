from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.calls.enums import StateAid
from maillage.directory.models import Organisation
from maillage.grants.enums import SUMMED
from maillage.grants.models.decision import Decision


class Undertaking(models.Model):
    """What the law takes for one single undertaking (*entreprise unique*): organisations that one controls.

    version: grows with each aid that is written, in its transaction, so that two awards never count at once.
    """

    name = models.CharField("nom", max_length=255)
    version = models.PositiveIntegerField("version", default=0)

    class Meta:
        verbose_name = "entreprise unique"
        verbose_name_plural = "entreprises uniques"

    def __str__(self) -> str:
        return f"Entreprise unique n° {self.pk}"


class UndertakingMember(models.Model):
    """An organisation belongs to one undertaking, its own unless somebody joined them (then reason says why)."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="members")
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("pourquoi", max_length=400, blank=True)
    joined_at = models.DateTimeField("réunie le", null=True, blank=True)

    class Meta:
        verbose_name = "structure d’une entreprise unique"
        verbose_name_plural = "structures des entreprises uniques"

    def __str__(self) -> str:
        return f"Structure n° {self.organisation_id} de l’entreprise unique n° {self.undertaking_id}"


class DeMinimisAid(models.Model):
    """An aid *de minimis* that an undertaking was given, in euros, at the day when the right was given.

    decision: ours, None for one that an applicant declared. organisation: of the undertaking, which one was given it;
    it follows that organisation when undertakings are joined or parted. also: others of the same undertaking that
    declared this very aid: it counts once while they are together, and stays with each when they part.
    declared_at: told to the national register.
    """

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="aids")
    decision = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="de_minimis"
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip
    also = models.ManyToManyField(Organisation, verbose_name="déclarée aussi par", blank=True, related_name="+")
    granted_on = models.DateField("accordée le")
    amount = models.DecimalField("montant", max_digits=12, decimal_places=2)
    funder = models.CharField("par", max_length=200)
    scheme = models.CharField("au titre de", max_length=150, blank=True)
    regulation = models.CharField("règlement", max_length=11, choices=StateAid)
    declared_at = models.DateTimeField("déclarée au registre national le", null=True, blank=True)

    class Meta:
        verbose_name = "aide de minimis"
        verbose_name_plural = "aides de minimis"
        indexes = [models.Index(fields=["undertaking", "granted_on"], name="de_minimis_sum")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="de_minimis_is_an_amount"),
            models.CheckConstraint(
                condition=Q(regulation__in=[one.value for one in SUMMED]), name="de_minimis_regulation"
            ),
            models.UniqueConstraint(
                fields=["undertaking", "granted_on", "funder", "amount", "regulation"], condition=Q(decision=None),
                name="de_minimis_declared_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Aide de minimis n° {self.pk}"
