from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.documents.models import Document


class Screening(models.Model):
    """What the antivirus said of a document of the page editor; Wagtail's own row has no place for it.

    sha256: hex, of the file as it was sent; "" for one that was here before this was kept. scanned_at: None while no
    antivirus has looked: where one is set, the document is then in quarantine (`kernel.handing`).
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="screening")
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    scanned_at = models.DateTimeField("vérifié par un antivirus le", null=True, blank=True)

    class Meta:
        verbose_name = "contrôle d’un document"
        verbose_name_plural = "contrôles des documents"
        indexes = [models.Index(fields=["document"], name="document_to_scan", condition=models.Q(scanned_at=None))]

    def __str__(self) -> str:
        return f"Contrôle du document n° {self.pk}"

    @property
    def file(self) -> Any:
        """Of its document, as `Quarantine` asks for it."""
        return self.document.file
