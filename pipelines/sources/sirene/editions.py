"""Names the edition of a file, and keeps the result of an edition until the next one is whole.

Words: an edition is the content of the two stock files, the lists and our own rule; the same edition is never
read twice. A result is published by one rename, so a killed run leaves the former one in place.
Neighbours: `selection` publishes here, `territory` reads what is current.
"""

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.errors import PipelineError

_SAMPLES = 64
_SAMPLE_BYTES = 64 * 1024
_ENDS_BYTES = 1024 * 1024


def fingerprint(path: Path) -> str:
    """Name the content of a file from its size, both ends and 64 samples between (a few MB read at most).

    A Parquet footer and a zip directory describe the whole file, so its end alone tells editions apart;
    a plain CSV has no such summary and its modification time is added.
    """
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        start = file.read(_ENDS_BYTES)
        digest.update(start)
        for rank in range(_SAMPLES):
            file.seek(size * rank // _SAMPLES)
            digest.update(file.read(_SAMPLE_BYTES))
        file.seek(max(size - _ENDS_BYTES, 0))
        digest.update(file.read())
    if start[:2] != b"PK" and start[:4] != b"PAR1":
        digest.update(str(path.stat().st_mtime_ns).encode())
    return digest.hexdigest()


def edition_of(parts: list[str]) -> str:
    """Name an edition from everything its result depends on."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Published:
    """The current result: its edition, its folder (a name inside the store) and the row counts of its layers."""

    edition: str
    folder: str
    counts: dict[str, int]


class EditionStore:
    """A cache folder that holds the current result of a pipeline and the one before."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = root / "current.json"

    def current(self) -> Published | None:
        """The published result, None when there is none or when its folder was deleted by hand."""
        try:
            published = Published(**json.loads(self._pointer.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return published if self.path_of(published).is_dir() else None

    def path_of(self, published: Published) -> Path:
        """Folder of a result."""
        return self.root / published.folder

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the store for one writer; refuses when another holds it, and is freed by a kill."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise PipelineError(
                    "Un import du stock Sirene est déjà en cours.", advice="Attendez sa fin, puis relancez."
                ) from error
            for leftover in self.root.glob("draft-*"):
                shutil.rmtree(leftover)
            yield

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """Give an empty folder to write in; it is deleted unless it was published."""
        folder = self.root / f"draft-{uuid.uuid4().hex[:12]}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, draft: Path, *, edition: str, counts: dict[str, int]) -> Published:
        """Make a draft the current result, and keep the former one for readers that are still in it."""
        former = self.current()
        published = Published(edition, f"{edition}-{draft.name.removeprefix('draft-')}", counts)
        for file in draft.iterdir():
            _flush(file)
        draft.rename(self.path_of(published))
        pointer = self.root / "current.json.new"
        pointer.write_text(json.dumps(asdict(published), indent=1), encoding="utf-8")
        _flush(pointer)
        pointer.replace(self._pointer)
        kept = {published.folder, former.folder if former else ""}
        for folder in self.root.iterdir():
            if folder.is_dir() and folder.name not in kept and "-" in folder.name:
                shutil.rmtree(folder)
        return published


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
