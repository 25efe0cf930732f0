from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePosixPath

from django.db import models
from django.db.models import F, Q

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.space.enums import AttachmentKind

FOLDER = "pieces/"
SOON = timedelta(days=30)


class Attachment(models.Model):
    """A document that forms ask an organisation again and again, kept once, read by its own people only.

    The present one only: a newer one takes the place of the file it replaces, which is erased. `file` was cleaned by
    kernel.uploads, and is named by kernel.kept_files after `sha256` (what is kept, not what was sent). Valid on
    `expires_on` itself. `scanned_at`: when an antivirus looked at it; none where no antivirus is set.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name="structure", on_delete=models.CASCADE, related_name="attachments"
    )
    kind = models.CharField("nature", max_length=12, choices=AttachmentKind)
    label = models.CharField("intitulé", max_length=80, blank=True)
    file = models.FileField("fichier", upload_to=FOLDER, max_length=150)
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille en octets")
    document_date = models.DateField("date du document")
    expires_on = models.DateField("valable jusqu’au", null=True, blank=True)
    scanned_at = models.DateTimeField("vérifiée par un antivirus le", null=True, blank=True)
    added_at = models.DateTimeField("déposée le")
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "pièce du profil"
        verbose_name_plural = "pièces du profil"
        indexes = [models.Index(fields=["expires_on"], name="attachment_expires", condition=~Q(expires_on=None))]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="attachment_once"),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("document_date")), name="attachment_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(kind=AttachmentKind.OTHER) | ~Q(label=""), name="attachment_other_has_label"
            ),
        ]

    def __str__(self) -> str:
        # Neutral: the journal keeps it, and agents read the journal.
        return f"Pièce n° {self.pk}"

    @property
    def title(self) -> str:
        """« Attestation d’assurance », or what its people call it."""
        return self.label or self.get_kind_display()

    @property
    def extension(self) -> str:
        """What the file is: "pdf", "jpg"…"""
        return PurePosixPath(self.file.name or "").suffix[1:]

    def is_over(self, on: date) -> bool:
        """Is it worth nothing any more that day?"""
        return self.expires_on is not None and self.expires_on < on

    def is_soon_over(self, on: date) -> bool:
        """Will it be worth nothing in thirty days or less?"""
        return self.expires_on is not None and on <= self.expires_on <= on + SOON
