"""The points of one generation of the index, in the order of their keys, as files that processes share.

Derived data: made from the index in a fraction of a second, by the worker when a generation appears, or by
whoever asks first. Neighbours: `points` picks among them; `search` owns the generation.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from maillage.directory.map.mercator import Keys, keys
from maillage.search import queries as search
from maillage.search.engine.matching import Positions, generation_of

KIND = "organisation"
MAPPED_BYTES = 1_000_000
_NAMES = ("keys", "rows", "ids")


@dataclass(frozen=True)
class Columns:
    """keys ascending; rows: where each stands in the index; ids of the organisations (int64)."""

    generation: str
    keys: Keys
    rows: NDArray[np.intp]
    ids: NDArray[np.int64]


def columns_of(generation: str) -> Columns:
    """Give the columns of a generation that is current, built when nobody did.

    Raises LookupError when the index has moved on meanwhile.
    """
    folder = _folder(generation)
    if not folder.is_dir():
        refresh_columns()
    return _loaded(folder, generation)


def columns_are_fresh() -> bool:
    """Say whether the columns of the current generation are on the disk; true without an index."""
    current = _generation()
    return not current or _folder(current).is_dir()


def refresh_columns() -> int:
    """Build the columns of the current generation, drop those of others; the number of points, 0 if none was due."""
    if columns_are_fresh():
        return 0
    positions = search.engine().positions(KIND)
    if positions is None:
        return 0
    root = columns_folder()
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=root))
    try:
        built = build_columns(positions)
        for name in _NAMES:
            np.save(draft / f"{name}.npy", getattr(built, name))
        draft.rename(_folder(positions.generation))
    except OSError:
        # Another process was quicker: its columns are the same.
        shutil.rmtree(draft, ignore_errors=True)
        if not _folder(positions.generation).is_dir():
            raise
    _sweep(root, positions.generation)
    return len(positions.ids)


def build_columns(positions: Positions) -> Columns:
    """Sort positions by key; those at one point stand by id, so that the same data give the same columns."""
    unsorted = keys(positions.latitude, positions.longitude)
    order = np.lexsort((positions.ids, unsorted))
    return Columns(
        positions.generation,
        unsorted[order],
        positions.rows[order].astype(np.intp),
        positions.ids[order].astype(np.int64),
    )


def _generation() -> str:
    view = search.engine().view()
    return "" if view is None else generation_of(view)


def columns_folder() -> Path:
    """Where the columns of every generation stand."""
    return Path(settings.DATA_DIR) / "map"


def _folder(generation: str) -> Path:
    return columns_folder() / generation


@lru_cache(maxsize=2)
def _loaded(folder: Path, generation: str) -> Columns:
    try:
        read = {name: _column(folder / f"{name}.npy") for name in _NAMES}
    except OSError as gone:
        raise LookupError(generation) from gone
    return Columns(generation, **read)


def _column(path: Path) -> NDArray[Any]:
    # An empty file cannot be mapped; a small one costs less read than mapped.
    return np.asarray(np.load(path, mmap_mode="r" if path.stat().st_size > MAPPED_BYTES else None))


def _sweep(root: Path, current: str) -> None:
    for folder in root.iterdir():
        # A draft of a process that still builds is left alone; that of a dead one is an hour old.
        is_drafted = folder.name.startswith("new-") and folder.stat().st_mtime > time.time() - 3600
        if folder.is_dir() and folder.name != current and not is_drafted:
            shutil.rmtree(folder, ignore_errors=True)
