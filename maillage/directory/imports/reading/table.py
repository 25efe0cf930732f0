"""A table as every reader gives it: one header, then rows of cells that fit under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from maillage.directory.imports.columns import recognise
from maillage.directory.imports.reading.refusal import FileRefused

MOST_COLUMNS = 500
# Titles are looked for below a few lines of presentation, as many a spreadsheet has.
HEADER_WITHIN = 15


class Row(NamedTuple):
    """line: as a text editor or a spreadsheet counts, from 1; cells: text, trimmed, one per title."""

    line: int
    cells: list[str]


@dataclass
class Table:
    """titles: as received, trimmed; row count unknown until read. `label` says in French how it was read."""

    titles: list[str]
    header_line: int
    label: str
    encoding: str
    separator: str
    rows: Callable[[], Iterator[Row]]
    notes: list[str] = field(default_factory=list)


def lay(lines: Callable[[], Iterable[Row]], *, label: str, encoding: str = "", separator: str = "") -> Table:
    """Find the header among the first lines and give the table whose rows fit under it.

    Raises FileRefused: no header, too many columns, the same title twice; later, from the rows, a row longer
    than the header (its columns are shifted).
    """
    header = _find_header(lines())
    while header.cells and not header.cells[-1]:
        header.cells.pop()
    if len(header.cells) > MOST_COLUMNS:
        raise FileRefused(
            f"Le tableau a {len(header.cells)} colonnes ; {MOST_COLUMNS} au plus sont acceptées.",
            line=header.line, column=MOST_COLUMNS + 1, advice="Gardez seulement les colonnes utiles.",
        )  # fmt: skip
    _refuse_twins(header)
    titles = [title or f"(colonne {number} sans titre)" for number, title in enumerate(header.cells, start=1)]

    def rows() -> Iterator[Row]:
        width = len(titles)
        for line, cells in lines():
            if line <= header.line or not any(cells):
                continue
            if len(cells) > width:
                _refuse_shift(line, cells, width)
            yield Row(line, [*cells[:width], *[""] * (width - len(cells))])

    return Table(titles, header.line, label, encoding, separator, rows)


def _find_header(lines: Iterable[Row]) -> Row:
    first: Row | None = None
    for rank, row in enumerate(lines):
        if rank >= HEADER_WITHIN:
            break
        if not any(row.cells):
            continue
        first = first or Row(row.line, list(row.cells))
        if sum(1 for cell in row.cells if recognise(cell)) >= 2:
            return Row(row.line, list(row.cells))
    if first is None:
        raise FileRefused("Le tableau n’a aucune ligne.", advice="Vérifiez que vous envoyez le bon fichier.")
    return first


def _refuse_twins(header: Row) -> None:
    seen: dict[str, int] = {}
    for column, title in enumerate(header.cells, start=1):
        key = title.casefold()
        if key and key in seen:
            raise FileRefused(
                f"Deux colonnes ont le même titre « {title[:80]} » (colonnes {seen[key]} et {column}).",
                line=header.line, column=column, advice="Donnez à chaque colonne un titre différent.",
            )  # fmt: skip
        seen[key] = column


def _refuse_shift(line: int, cells: list[str], width: int) -> None:
    extra = next((rank for rank, cell in enumerate(cells[width:], start=width + 1) if cell), 0)
    if extra:
        raise FileRefused(
            f"Cette ligne a {len(cells)} cases pour {width} titres : ses colonnes sont décalées.",
            line=line, column=extra,
            advice="Mettez entre guillemets les textes qui contiennent le séparateur, ou corrigez la ligne.",
        )  # fmt: skip
