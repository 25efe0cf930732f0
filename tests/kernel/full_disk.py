"""A disk that has no room left for a document."""

from __future__ import annotations

import errno

import pytest


def fill(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no kept file fits."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("maillage.kernel.kept_files.os.fsync", full)
