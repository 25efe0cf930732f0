"""Short ways to import a few lines in a test."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from maillage.directory import imports
from maillage.directory.imports import Preview
from maillage.directory.models import ImportRun
from maillage.kernel.models import JournalEntry
from maillage.search.models import Change
from tests.factories import AT
from tests.hostile.tables import text

HEADER = "Nom;SIRET;SIREN;Commune;Code postal"


@pytest.fixture
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Media and spools in the test's own folder."""
    settings.DATA_DIR = tmp_path
    settings.PIPELINES_DIR = tmp_path / "pipelines"
    options = {"location": tmp_path / "media", "base_url": "/media/"}
    settings.STORAGES = {
        **settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    }  # fmt: skip


def receive(content: bytes, *, label: str = "Liste d’essai", **declared: Any) -> ImportRun:
    return imports.receive_file(file=io.BytesIO(content), name="liste.csv", label=label, by=None, at=AT, **declared)


def bring(*lines: str, label: str = "Liste d’essai", force: bool = False) -> ImportRun:
    """Import these lines of CSV, header first."""
    return imports.carry_out(run=receive(text(*lines), label=label), by=None, at=AT, force=force)


def preview(*lines: str) -> Preview:
    found = imports.preview_run(run=receive(text(*lines)), at=AT)
    assert found is not None
    return found


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, refused."""
    return run.counts["created"], run.counts["updated"], run.counts["unchanged"], run.counts["refused"]


def traces() -> tuple[int, int]:
    """How many acts are in the journal, how many changes wait for the index."""
    return JournalEntry.objects.count(), Change.objects.count()


def messages(run: ImportRun) -> list[tuple[int, str, str]]:
    """(line, column, message) of what the report says, introductions left out."""
    return [(note["line"], note["column"], note["message"]) for note in run.report if note["level"] != "info"]
