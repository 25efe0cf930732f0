"""Writing a data set: the same bytes for the same content, whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from maillage.territories.data_format import TerritoryFile
from tools.build_territory.problems import BuildError


def serialise(document: TerritoryFile) -> bytes:
    """Write compact JSON, one commune or EPCI a line, so that a difference between two editions can be read."""
    parts = [f"{_compact(key)}:{_value(value)}" for key, value in document.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def write(path: Path, content: bytes) -> None:
    """Put `content` at `path`, packed when the name ends in `.gz`; a reader never sees half of it.

    Raises BuildError when the place cannot be written.
    """
    packed = gzip.compress(content, compresslevel=9, mtime=0) if path.suffix == ".gz" else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(packed)
            # mkstemp makes files that only their owner reads.
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BuildError(f"Impossible d’écrire « {path} » : {error.strerror}.") from error


def _value(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(_compact(item) for item in value) + "\n]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
