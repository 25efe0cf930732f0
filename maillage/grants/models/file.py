from __future__ import annotations

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.grants.enums import SIGNED_COPIES, FileKind
from maillage.grants.models.agreement import Agreement, Instalment

FOLDER = "aides/"


class GrantFile(models.Model):
    """A document of a grant, cleaned by kernel.uploads and named by kernel.kept_files; never public.

    instalment: the payment that it proves. signed_on: the day that a signed copy bears.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField("nature", max_length=11, choices=FileKind)
    instalment = models.ForeignKey(
        Instalment, null=True, blank=True, on_delete=models.SET_NULL, related_name="files"
    )  # fmt: skip
    signed_on = models.DateField("signé le", null=True, blank=True)
    label = models.CharField("ce que c’est", max_length=100, blank=True)
    name = models.CharField("nom", max_length=120)
    file = models.FileField("fichier", upload_to=FOLDER, max_length=150)
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille en octets")
    scanned_at = models.DateTimeField("vérifié par un antivirus le", null=True, blank=True)
    added_at = models.DateTimeField("déposé le")
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "document d’une aide"
        verbose_name_plural = "documents des aides"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in SIGNED_COPIES], signed_on__isnull=False)
                | ~Q(kind__in=[one.value for one in SIGNED_COPIES]) & Q(signed_on=None),
                name="grant_file_signed_has_day",
            ),
            models.UniqueConstraint(fields=["agreement", "kind", "sha256"], name="grant_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n° {self.pk}"

    @property
    def is_of_past_terms(self) -> bool:
        """A signed copy of terms that were laid down anew since."""
        return self.kind in SIGNED_COPIES and self.added_at < self.agreement.drawn_at

    @property
    def is_free(self) -> bool:
        """Nobody leaned on it yet, so that its people may take it back. No query when agreement, report and instalment
        are loaded."""
        if self.kind == FileKind.HOLDER_COPY:
            return self.agreement.signed_on is None
        if self.kind == FileKind.PAYMENT:
            return self.instalment is not None and self.instalment.prepared_at is None
        report = self.agreement.written
        return self.kind == FileKind.REPORT and (report is None or report.submitted_at is None)
