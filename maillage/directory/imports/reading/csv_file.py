"""CSV as people make it: any usual separator, quotes or not, and no guess once a line stops making sense."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from maillage.directory.imports.columns import recognise
from maillage.directory.imports.reading.encoding import Encoding, detect_encoding, text_lines
from maillage.directory.imports.reading.refusal import FileRefused
from maillage.directory.imports.reading.table import Row, Table, lay

SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
LONGEST_CELL = 131_072
_LOOKED_AT = 60


def open_csv(path: Path, *, encoding: str = "", separator: str = "") -> Table:
    """Open a CSV file. Raises FileRefused: see `detect_encoding`, `lay`, and the faults of quoting below."""
    found = detect_encoding(path, declared=encoding)
    start = list(itertools.islice(text_lines(path, found), _LOOKED_AT))
    chosen = separator or _guess_separator(start)
    label = f"CSV, {found.label}, séparateur {SEPARATORS.get(chosen, chosen)}"
    return lay(lambda: _rows(path, found, chosen), label=label, encoding=found.name, separator=chosen)


def _guess_separator(start: list[str]) -> str:
    """The separator under which the first lines have the same number of cells, and known titles."""

    def score(separator: str) -> tuple[int, float, int]:
        widths: Counter[int] = Counter()
        titles = 0
        try:
            for cells in csv.reader(start, delimiter=separator):
                widths[len(cells)] += bool(any(cells))
                titles = max(titles, sum(1 for cell in cells if recognise(cell)))
        except csv.Error:
            pass
        width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return titles if width > 1 or titles else 0, times / len(start) if width > 1 else 0.0, width

    return max(SEPARATORS, key=score)


def _rows(path: Path, encoding: Encoding, separator: str) -> Iterator[Row]:
    """Trimmed cells with the number of the line where their row starts. Raises FileRefused on broken quotes."""
    kept: list[str] = []  # the lines of the row being read, to point at what is wrong in them

    def watched() -> Iterator[str]:
        for line in text_lines(path, encoding):
            if len(kept) < 50:
                kept.append(line)
            yield line

    # The limit is the whole process's: another reader may have raised it.
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(watched(), delimiter=separator, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refusal(error, before + 1, reader.line_num, kept, separator) from error
        yield Row(before + 1, [cell.strip() for cell in cells])
        before = reader.line_num
        kept.clear()


def _refusal(error: csv.Error, first: int, last: int, kept: list[str], separator: str) -> FileRefused:
    reason = str(error)
    if "field larger" in reason or "unexpected end of data" in reason:
        line, column = _open_quote(first, kept, separator)
        if line:
            return FileRefused(
                "Un guillemet est ouvert ici et n’est jamais refermé.",
                line=line, column=column, advice="Refermez-le, ou doublez-le s’il fait partie du texte.",
            )  # fmt: skip
        return FileRefused(
            f"Une case dépasse {LONGEST_CELL} caractères.",
            line=first, column=_longest_cell(kept, separator), advice="Raccourcissez ce texte, ou retirez la colonne.",
        )  # fmt: skip
    if "expected after" in reason:
        return FileRefused(
            "Du texte suit un guillemet fermé : les guillemets de cette ligne ne vont pas par deux.",
            line=last, column=_after_quote(kept[-1] if kept else "", separator),
            advice="Doublez les guillemets qui font partie du texte.",
        )  # fmt: skip
    return FileRefused(
        "Cette ligne ne se lit pas.", line=last, advice="Ouvrez le fichier dans un tableur et vérifiez-la."
    )


def _open_quote(first: int, kept: list[str], separator: str) -> tuple[int, int]:
    """Line and column (a cell's rank) of the quote that stays open at the end of these lines; (0, 0) if none."""
    is_open, at_start, place = False, True, (0, 0)
    for line_number, line in enumerate(kept, start=first):
        column = 1
        for letter in line:
            if is_open:
                is_open = letter != '"'
                at_start = False
            elif letter == '"' and (at_start or place == (line_number, column)):
                is_open, place = True, (line_number, column)
            elif letter == separator:
                column, at_start = column + 1, True
            else:
                at_start = letter in "\r\n"
    return place if is_open else (0, 0)


def _longest_cell(kept: list[str], separator: str) -> int:
    cells = "".join(kept).split(separator)
    return max(range(len(cells)), key=lambda rank: len(cells[rank])) + 1 if cells else 0


def _after_quote(line: str, separator: str) -> int:
    for rank, cell in enumerate(line.rstrip("\r\n").split(separator), start=1):
        if cell.count('"') % 2 or (cell.startswith('"') and not cell.endswith('"')):
            return rank
    return 0
