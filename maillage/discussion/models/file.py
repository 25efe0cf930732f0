from __future__ import annotations

from pathlib import PurePosixPath

from django.db import models
from django.db.models import Q
from django.urls import reverse

from maillage.accounts.models import User
from maillage.discussion import phrases

FOLDER = "echanges/"


class SharedFile(models.Model):
    """A document of a circle, under one name, through its versions. `is_public`: of a kit that anybody may take."""

    circle = models.CharField("cercle", max_length=80, db_index=True)
    name = models.CharField("nom", max_length=120)
    is_public = models.BooleanField("à prendre par tous", default=False)
    added_at = models.DateTimeField("déposé le")

    class Meta:
        verbose_name = "fichier d’un cercle"
        verbose_name_plural = "fichiers des cercles"
        constraints = [models.UniqueConstraint(fields=["circle", "name"], name="circle_file_name_once")]

    def __str__(self) -> str:
        return f"Fichier n° {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("discussion:take_file", args=[self.circle, self.pk])


class FileVersion(models.Model):
    """One state of a shared file, cleaned by kernel.uploads, named by kernel.kept_files. sha256: of what is kept.

    `scanned_at`: when an antivirus looked at it; none where no antivirus is set.
    """

    shared_file = models.ForeignKey(SharedFile, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("numéro")
    file = models.FileField("fichier", upload_to=FOLDER, max_length=150)
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille en octets")
    scanned_at = models.DateTimeField("vérifié par un antivirus le", null=True, blank=True)
    added_at = models.DateTimeField("déposée le")
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "version d’un fichier"
        verbose_name_plural = "versions des fichiers"
        constraints = [
            models.UniqueConstraint(fields=["shared_file", "number"], name="circle_file_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="circle_file_version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def by_name(self) -> str:
        return phrases.signed(self.added_by)

    @property
    def extension(self) -> str:
        """What the file is: "pdf", "jpg"…"""
        return PurePosixPath(self.file.name or "").suffix[1:]
