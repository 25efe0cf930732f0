"""What an import received, and what is wrong in it; nothing of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Received:
    """One aid as a source says it. values: only the fields that this source knows, already clean and in codes."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """One thing to mend in a file. line: of the file, or rank of the aid in an API's answer; column: as written."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"Ligne {self.line}, « {self.column} »\u00a0: {self.sentence}"


@dataclass(frozen=True)
class Harvest:
    """A whole source: every aid, or every fault."""

    aids: tuple[Received, ...] = ()
    faults: tuple[Fault, ...] = field(default_factory=tuple)
