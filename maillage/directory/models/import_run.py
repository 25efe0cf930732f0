from __future__ import annotations

from django.conf import settings
from django.db import models


class ColumnMapping(models.Model):
    """How the columns of somebody's file are read, kept for next time by their header line.

    `columns` = {column title as received: our field name}; unread columns are absent.
    """

    header_key = models.CharField("empreinte des titres", max_length=64, unique=True)
    label = models.CharField("nom", max_length=120)
    columns = models.JSONField("correspondance", default=dict)

    class Meta:
        verbose_name = "correspondance de colonnes"

    def __str__(self) -> str:
        return self.label


class ImportRun(models.Model):
    """One import from end to end: what was read, what would change, what changed, how to undo it.

    `counts` = {rows, created, updated, unchanged, flagged, refused, duplicates}; `report` = list of
    {line, column, level, message} (the first 1 000); `differences` = the first 50 sheets that would change:
    {line, organisation (id or null), name, changes}; `file_digest` = SHA-256 of the file read.
    `written` = {created, updated}: lines whose writing is committed, empty while nothing is; `stage` = what the
    worker does now (keys of phrases.IMPORT_STAGES), `progress_done` out of `progress_total` of it.
    """

    class Kind(models.TextChoices):
        FILE = "file", "Fichier CSV ou XLSX"
        API = "api", "API Recherche d’entreprises"
        SIRENE = "sirene", "Stock Sirene"

    class State(models.TextChoices):
        DRAFT = "draft", "À vérifier"
        RUNNING = "running", "En cours"
        DONE = "done", "Terminé"
        REFUSED = "refused", "Refusé"
        FAILED = "failed", "Interrompu"
        UNDOING = "undoing", "En cours d’annulation"
        UNDONE = "undone", "Annulé"

    kind = models.CharField("nature", max_length=6, choices=Kind)
    state = models.CharField("état", max_length=8, choices=State, default=State.DRAFT)
    label = models.CharField("intitulé", max_length=200)
    file = models.FileField("fichier", upload_to="imports/", blank=True)
    file_digest = models.CharField("empreinte", max_length=64, blank=True)
    source = models.ForeignKey("kernel.Source", null=True, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField("correspondance", default=dict)
    counts = models.JSONField("bilan", default=dict)
    report = models.JSONField("rapport", default=list)
    differences = models.JSONField("aperçu", default=list)
    progress_done = models.PositiveIntegerField("avancement", default=0)
    progress_total = models.PositiveIntegerField("sur", default=0)
    stage = models.CharField("étape", max_length=16, blank=True)
    written = models.JSONField("écrit", default=dict, blank=True)
    cursor = models.JSONField("reprise", default=dict)
    has_shrunk = models.BooleanField("refusé parce que la source a rétréci", default=False)
    forced_reason = models.CharField("pourquoi continuer quand même", max_length=500, blank=True)
    queued_at = models.DateTimeField("lancé le", null=True, blank=True)
    stop_asked_at = models.DateTimeField("arrêt demandé le", null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField("commencé le")
    alive_at = models.DateTimeField("dernier signe de vie", null=True, blank=True)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "import"

    def __str__(self) -> str:
        return self.label

    @property
    def batch(self) -> str:
        """The name of this import in the journal."""
        return f"import:{self.pk}"

    @property
    def is_half_written(self) -> bool:
        """Some of it is in the directory, and the rest is not: to be resumed, or undone."""
        return bool(self.written) and self.state not in {self.State.DONE, self.State.UNDONE}

    @property
    def series(self) -> str:
        """What this import is the next run of: its nature and its title."""
        return f"{self.kind}:{self.label}"[:200]


class ImportedKey(models.Model):
    """How one series of imports names a sheet that has no official number, so that its next run finds it again."""

    series = models.CharField("série", max_length=200)
    key = models.CharField("clé dans la source", max_length=64)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "clé d’import"
        constraints = [models.UniqueConstraint(fields=["series", "key"], name="imported_key_once")]

    def __str__(self) -> str:
        return self.key
