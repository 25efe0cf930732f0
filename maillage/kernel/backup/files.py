"""The folder of a backup: what is written in it, and how it is read back without trusting it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from maillage.kernel.backup import cipher

MANIFEST, ENCRYPTED = "manifest.json", ".enc"
FORMAT = 1


class BackupRefused(Exception):
    """The backup cannot be made, trusted or restored; the sentence is in French."""


@dataclass(frozen=True)
class Stored:
    """One file of a backup, by its path inside: SHA-256 and size of what it holds in clear."""

    sha256: str
    size: int


@dataclass
class Manifest:
    """What a backup says of itself. vendor: sqlite or postgresql; counts: rows by table; head: of the journal."""

    made_at: str
    vendor: str
    head: str
    counts: dict[str, int]
    files: dict[str, Stored] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def blocks(handle: BinaryIO | Any) -> Iterator[bytes]:
    """A file in pieces of a megabyte."""
    return iter(lambda: handle.read(cipher.BLOCK), b"")


class Folder:
    """A backup folder, opened with its key or in clear."""

    def __init__(self, path: Path, key: bytes | None = None) -> None:
        self.path, self.key = path, key

    def place(self, name: str) -> Path:
        """Where a file of the backup lies. Raises BackupRefused when the name leads outside."""
        inside = (self.path / name).resolve()
        if not inside.is_relative_to(self.path.resolve()):
            raise BackupRefused(f"{name} sort de la sauvegarde.")
        return inside.with_name(inside.name + ENCRYPTED) if self.key else inside

    def store(self, name: str, source: Iterable[bytes]) -> Stored:
        """Write a file, waited for by the disk; give back what was written."""
        place = self.place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for block in source:
                digest.update(block)
                size += len(block)
                yield block

        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            if self.key:
                cipher.encrypt(counted(), target, self.key)
            else:
                target.writelines(counted())
            target.flush()
            os.fsync(target.fileno())
        return Stored(digest.hexdigest(), size)

    def read(self, name: str, expected: Stored | None = None) -> Iterator[bytes]:
        """A file in clear, in pieces. Raises BackupRefused at its end when it is not what the manifest says."""
        digest, size = hashlib.sha256(), 0
        try:
            with self.place(name).open("rb") as handle:
                for block in cipher.decrypt(handle, self.key) if self.key else blocks(handle):
                    digest.update(block)
                    size += len(block)
                    yield block
        except (OSError, cipher.Unreadable) as error:
            raise BackupRefused(f"{name} : {error}") from error
        if expected is not None and (digest.hexdigest(), size) != (expected.sha256, expected.size):
            raise BackupRefused(f"{name} n’est plus ce qui a été sauvegardé.")

    def seal(self, manifest: Manifest) -> None:
        """Write the manifest, and its own digest beside it."""
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        written = self.store(MANIFEST, [text])
        self.store(f"{MANIFEST}.sha256", [written.sha256.encode()])

    def manifest(self) -> Manifest:
        """Read the manifest. Raises BackupRefused when it was altered, or is of another format."""
        encrypted = self.path / f"{MANIFEST}{ENCRYPTED}"
        if not self.key and encrypted.exists():
            raise BackupRefused("Cette sauvegarde est chiffrée : donnez sa clé (--key-file).")
        if self.key and not encrypted.exists() and (self.path / MANIFEST).exists():
            self.key = None
        text = b"".join(self.read(MANIFEST))
        if b"".join(self.read(f"{MANIFEST}.sha256")) != hashlib.sha256(text).hexdigest().encode():
            raise BackupRefused(f"{MANIFEST} a été abîmé.")
        known = json.loads(text)
        if known.get("format") != FORMAT:
            raise BackupRefused("Cette sauvegarde est d’un autre format.")
        known["files"] = {name: Stored(**facts) for name, facts in known["files"].items()}
        return Manifest(**known)
