"""A file is on the disk before its row: written aside, waited for, named, its folder waited for."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from maillage.kernel import kept_files
from maillage.kernel.backup.making import media_names
from tests.kernel.full_disk import fill

FOLDER = "essais/"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


def test_a_file_is_named_after_its_content_and_never_shared(store: Path) -> None:
    first, second = (kept_files.keep_file(b"Bonjour", folder=FOLDER, extension="pdf") for _ in range(2))

    assert first.sha256 == second.sha256 == hashlib.sha256(b"Bonjour").hexdigest()
    assert first.name != second.name
    assert first.name.startswith(f"{FOLDER}{first.sha256}-")
    assert (store / first.name).read_bytes() == b"Bonjour"
    assert (store / first.name).stat().st_mode & 0o077 == 0
    kept_files.drop_file(first.name)
    kept_files.drop_file(first.name)
    assert list(media_names(default_storage)) == [second.name]


def test_the_disk_is_waited_for_before_the_name_and_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(handle: int) -> None:
        told.append("folder" if Path(f"/proc/self/fd/{handle}").is_dir() else "file")
        real_sync(handle)

    def replace(self: Path, target: Path) -> Path:
        told.append("name")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)

    kept_files.keep_file(b"Bonjour", folder=FOLDER, extension="pdf")

    assert told == ["file", "name", "folder"]


def test_a_disk_that_is_full_leaves_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(monkeypatch)

    with pytest.raises(kept_files.NoRoom, match="No space"):
        kept_files.keep_file(b"Bonjour", folder=FOLDER, extension="pdf")

    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_what_is_being_written_is_in_no_backup_and_swept_in_the_end(store: Path) -> None:
    kept = kept_files.keep_file(b"Bonjour", folder=FOLDER, extension="pdf")
    default_storage.save(f"{FOLDER}{kept_files.PART}abc", ContentFile(b"half"))

    assert list(media_names(default_storage)) == [kept.name]
    later = default_storage.get_modified_time(kept.name) + 2 * kept_files.STRAY_AFTER
    assert kept_files.remove_stray_files(folder=FOLDER, named=[kept.name], at=later) == 1
    assert [path.name for path in (store / FOLDER).iterdir()] == [kept.name.removeprefix(FOLDER)]


def test_an_empty_store_has_nothing_to_sweep() -> None:
    kept = kept_files.keep_file(b"x", folder=FOLDER, extension="pdf")
    at = default_storage.get_modified_time(kept.name)
    assert kept_files.remove_stray_files(folder="ailleurs/", named=[], at=at) == 0
