from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.choosing.enums import Channel
from maillage.choosing.models.consultation import Consultation
from maillage.choosing.models.elector import College, Elector


class Ballot(models.Model):
    """What one voice says now; the last replaces the one before. Its number is drawn, so that it tells no order.

    A secret ballot has neither elector nor moment: see docs/adr/0015-secret-ballots.md. receipt_digest: of the code
    that only its voter has (`receipts`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="ballots")
    college = models.ForeignKey(College, on_delete=models.PROTECT, related_name="ballots")
    elector = models.OneToOneField(Elector, null=True, blank=True, on_delete=models.CASCADE, related_name="ballot")
    is_secret = models.BooleanField("secret", default=False)
    content = models.JSONField("contenu")
    channel = models.CharField("voie", max_length=5, choices=Channel)
    receipt_digest = models.CharField("empreinte du reçu", max_length=32, unique=True)
    cast_at = models.DateTimeField("déposé le", null=True, blank=True)

    class Meta:
        verbose_name = "bulletin"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_secret=True, elector=None, cast_at=None)
                | Q(is_secret=False, elector__isnull=False, cast_at__isnull=False),
                name="ballot_secret_without_a_link",
            ),
        ]

    def __str__(self) -> str:
        return f"Bulletin {self.receipt_digest[:12]}"


class PaperBallot(models.Model):
    """A sheet of paper, typed twice by two people; it counts once both say the same.

    sheet: the number written on it. first, second: {"college": key, "elector": number or None, "content": …}.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="papers")
    sheet = models.CharField("numéro de la feuille", max_length=20)
    first = models.JSONField("première saisie")
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="première saisie par", null=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    first_at = models.DateTimeField("première saisie le")
    second = models.JSONField("deuxième saisie", null=True, blank=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="deuxième saisie par", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    second_at = models.DateTimeField("deuxième saisie le", null=True, blank=True)
    counted_at = models.DateTimeField("compté le", null=True, blank=True)

    class Meta:
        verbose_name = "bulletin de papier"
        verbose_name_plural = "bulletins de papier"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "sheet"], name="paper_sheet_once"),
            models.CheckConstraint(
                condition=Q(second_by=None) | Q(first_by=None) | ~Q(first_by=F("second_by")), name="paper_typed_by_two"
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None) | Q(second_at__isnull=False), name="paper_counted_after_both"
            ),
            models.CheckConstraint(
                condition=Q(second_at=None, second__isnull=True) | Q(second_at__isnull=False, second__isnull=False),
                name="paper_second_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"Feuille {self.sheet}"

    @property
    def is_mismatched(self) -> bool:
        """Were both typed, and do they say different things?"""
        return self.counted_at is None and self.second is not None
