from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.strategy.models import Strategy
from ui import french


class Form(models.TextChoices):
    """As what the same content is given."""

    PDF = "pdf", "À lire et à imprimer (PDF)"
    ODT = "odt", "À compléter dans un traitement de texte (ODT)"
    ODP = "odp", "À projeter (ODP)"


class CommitteeFile(models.Model):
    """The file of a committee, frozen as of a day (Paris): what it says, and what the next one is compared with.

    document: as `ui.print.blocks.as_json` gives it. One for each day; one that was set aside leaves its place.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="committee_files")
    as_of = models.DateField("au")
    since = models.DateField("comparé au", null=True, blank=True)
    document = models.JSONField("contenu")
    made_at = models.DateTimeField("fait le")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="fait par", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    discarded_at = models.DateTimeField("écarté le", null=True, blank=True)
    discard_reason = models.CharField("écarté parce que", max_length=300, blank=True)

    class Meta:
        verbose_name = "dossier du comité"
        verbose_name_plural = "dossiers du comité"
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "as_of"], condition=Q(discarded_at=None), name="committee_file_once"
            ),
            models.CheckConstraint(
                condition=Q(discarded_at=None, discard_reason="")
                | (Q(discarded_at__isnull=False) & ~Q(discard_reason="")),
                name="committee_file_discarded_for_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"dossier du comité au {french.day(self.as_of)}"


class CommitteePaper(models.Model):
    """One form of a file, byte for byte as it was given; in the database, so that it is there or not with its row."""

    file = models.ForeignKey(CommitteeFile, on_delete=models.CASCADE, related_name="papers")
    form = models.CharField("forme", max_length=3, choices=Form)
    content = models.BinaryField("fichier")
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille, en octets")

    class Meta:
        verbose_name = "fichier d’un dossier"
        constraints = [models.UniqueConstraint(fields=["file", "form"], name="committee_paper_once")]

    def __str__(self) -> str:
        return f"{self.file_id}.{self.form}"
