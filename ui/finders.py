"""Gives the joined stylesheet to staticfiles, as if it had always been one file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from ui import stylesheet


class StylesheetFinder(BaseFinder):
    """Finds `ui/maillage.css`, joined afresh into DATA_DIR/stylesheet each time it is asked for."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self.folder: Path = settings.DATA_DIR / "stylesheet"

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        if path != stylesheet.NAME:
            return []
        found = str(stylesheet.written(self.folder))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        stylesheet.written(self.folder)
        yield stylesheet.NAME, FileSystemStorage(location=self.folder)
