from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.choosing.enums import VoiceKind
from maillage.choosing.models.consultation import Consultation
from maillage.directory.models import Organisation


class College(models.Model):
    """One of the groups whose result is shown apart. is_open: its voices confirm themselves during the vote."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="colleges")
    key = models.SlugField("clé", max_length=40)
    label = models.CharField("nom", max_length=80)
    is_open = models.BooleanField("ouvert pendant le vote", default=False)

    class Meta:
        verbose_name = "collège"
        constraints = [models.UniqueConstraint(fields=["consultation", "key"], name="college_once")]

    def __str__(self) -> str:
        return self.label


class Elector(models.Model):
    """A voice, frozen at the opening; an address or a sheet of an open college enters when it votes.

    key: "organisation:12", "person:7", "address:<digest>", "paper:<number of the sheet>", once a consultation. label:
    an organisation's name, never a person's. has_voted: ticked, the only thing that a secret ballot leaves here.
    on_paper: a secret voter who took a sheet (colleges that are not open).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="electors")
    college = models.ForeignKey(College, on_delete=models.PROTECT, related_name="electors")
    kind = models.CharField("voix", max_length=12, choices=VoiceKind)
    key = models.CharField("clé", max_length=80)
    label = models.CharField("nom", max_length=255, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="personne", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    has_voted = models.BooleanField("a voté", default=False)
    on_paper = models.BooleanField("sur papier", default=False)

    class Meta:
        verbose_name = "électeur"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "key"], name="elector_once"),
            models.CheckConstraint(
                condition=Q(kind=VoiceKind.ORGANISATION) | Q(organisation=None), name="elector_organisation_by_kind"
            ),
            models.CheckConstraint(condition=Q(kind=VoiceKind.MANDATE) | Q(user=None), name="elector_person_by_kind"),
            models.CheckConstraint(condition=Q(on_paper=False) | Q(has_voted=True), name="elector_on_paper_has_voted"),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.get_kind_display()} {self.pk}"
