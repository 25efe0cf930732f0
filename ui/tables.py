"""What the data_table component needs, made from plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: its name, and whether it holds figures (set to the right, aligned)."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell knows the name of its column: on a phone the two stand side by side."""

    label: str
    value: str
    url: str
    numeric: bool


def cells(columns: Sequence[Column], rows: Iterable[Sequence[str | tuple[str, str]]]) -> list[list[Cell]]:
    """Rows of text, or (text, address), in the order of the columns; the first cell names its row.

    Raises ValueError when a row has not as many cells as there are columns.
    """
    made: list[list[Cell]] = []
    for row in rows:
        line = []
        for column, given in zip(columns, row, strict=True):
            value, url = (given, "") if isinstance(given, str) else given
            line.append(Cell(column.label, value, url, column.numeric))
        made.append(line)
    return made
