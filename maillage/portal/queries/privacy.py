"""What the privacy page tells of the inventory: what, why, how long, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from maillage.kernel.queries.inventory import inventory
from ui.tables import Cell, Column, cells

_COLUMNS = [Column(label) for label in ("Quoi", "Pourquoi", "De quel droit", "Combien de temps", "Si vous partez")]


@dataclass(frozen=True)
class KeptData:
    """The table, as the data_table component reads it."""

    columns: list[Column]
    rows: list[list[Cell]]


def kept_data() -> KeptData:
    """One row per subject, in the order of the rooms; one query."""
    lines = inventory(on=timezone.localdate())
    told = [(line.title, line.purpose, line.basis, line.term, line.on_leaving) for line in lines]
    return KeptData(_COLUMNS, cells(_COLUMNS, told))
