"""The small file that says which index is current, and the lock that lets one process write.

`CURRENT` is replaced whole by a rename: a reader sees the old state or the new one, never half of one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

CURRENT = "CURRENT"
LOCK = "writer.lock"


class Busy(Exception):
    """Another process is writing to this index."""


@dataclass(frozen=True)
class State:
    """What is current: the folder of the generation, its base, a counter of commits, the reader's cursor."""

    schema: int
    folder: str
    epoch: int
    commit: int
    cursor: dict[str, Any] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Changes whenever answers may change."""
        return f"{self.folder}.{self.epoch}.{self.commit}"


def read(root: Path) -> State | None:
    """Return the state, or None when there is none that can be read."""
    try:
        return State(**json.loads((root / CURRENT).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def write(root: Path, state: State) -> None:
    """Replace the state; it is on the disk when this returns."""
    draft = root / f"{CURRENT}.new"
    with draft.open("wb") as file:
        file.write(json.dumps(asdict(state), sort_keys=True).encode())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root / CURRENT)
    folder = os.open(root, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def stamp(root: Path) -> tuple[int, int, int] | None:
    """Return what changes when the state is replaced: one stat, a few microseconds."""
    try:
        found = (root / CURRENT).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


@contextmanager
def writing(root: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the writer's lock of this index; it falls with the process. Raises Busy when another holds it."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Busy(str(root)) from taken
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
