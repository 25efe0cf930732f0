"""What every source gives the importer: records of facts, and notes on what was odd in them.

Words: the *series* is what a run is the next run of; its *title* is what sheets show as the origin of a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from maillage.directory.facts import Facts
from maillage.directory.imports.places import Places
from maillage.kernel.models import Source

ERROR, WARNING, INFO = "error", "warning", "info"
LEVELS = {ERROR: "Ligne refusée", WARNING: "À vérifier", INFO: "Pour information"}
LONGEST_REPORT = 1_000


class Note(NamedTuple):
    """line: 0 for the whole source; column: title or number, "" for the whole line; message: French."""

    line: int
    column: str
    level: str
    message: str


@dataclass(slots=True)
class Record:
    """One row of a source.

    facts: only what the row says (an empty cell says nothing); key: how the same source names it again when
    it has no official number; hints: what the ESS rule may use (`sirene_flag`, `in_ess_list`, `is_esus`);
    is_second: an earlier row spoke of the same organisation, so this one fills only what is empty.
    """

    line: int
    facts: Facts
    key: str = ""
    hints: dict[str, bool] = field(default_factory=dict)
    is_second: bool = False

    def dump(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "facts": self.facts,
            "key": self.key,
            "hints": self.hints,
            "is_second": self.is_second,
        }


class Report:
    """Notes in the order they come: the first thousand kept, all of them counted."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.counts = {ERROR: 0, WARNING: 0, INFO: 0}
        self.flagged_lines: set[int] = set()

    def add(self, line: int, column: str, level: str, message: str) -> None:
        self.counts[level] += 1
        if level == WARNING:
            self.flagged_lines.add(line)
        if len(self.notes) < LONGEST_REPORT:
            self.notes.append(Note(line, column[:120], level, message))

    def as_json(self) -> list[dict[str, Any]]:
        """{line, column, level, message}, by line; the last one says how many are not shown."""
        shown = [_as_json(note) for note in sorted(self.notes, key=lambda note: note.line)]
        hidden = sum(self.counts.values()) - len(shown)
        if hidden:
            shown.append(_as_json(Note(0, "", INFO, f"{hidden} autres remarques ne sont pas montrées.")))
        return shown


def _as_json(note: Note) -> dict[str, Any]:
    return {"line": note.line, "column": note.column, "level": note.level, "message": note.message}


@dataclass(frozen=True)
class RecordSource:
    """records: called once, reads as it goes; estimate: about how many records, 0 when nobody knows."""

    series: str
    title: str
    date: date
    records: Callable[[Places, Report], Iterator[Record]]
    source_kind: str = Source.Kind.IMPORT.value
    reference: str = ""
    url: str = ""
    licence: str = ""
    estimate: int = 0
