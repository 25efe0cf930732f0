"""What the privacy page tells of the inventory: what, why, how long, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from maillage.kernel.personal import Basis
from maillage.kernel.queries.inventory import Line, inventory
from ui.tables import Cell, Column, cells

_COLUMNS = [Column(label) for label in ("Quoi", "Pourquoi", "Combien de temps", "Si vous partez")]


@dataclass(frozen=True)
class KeptData:
    """The table, as the data_table component reads it."""

    columns: list[Column]
    rows: list[list[Cell]]


def _why(line: Line) -> str:
    """The purpose; with its basis when it is not the mission of public interest, which the page tells once."""
    return line.purpose if line.basis == Basis.PUBLIC_TASK else f"{line.purpose} ({line.basis})"


def kept_data() -> KeptData:
    """One row per subject, in the order of the rooms; one query."""
    lines = inventory(on=timezone.localdate())
    told = [(line.title, _why(line), line.term, line.on_leaving) for line in lines]
    return KeptData(_COLUMNS, cells(_COLUMNS, told))
