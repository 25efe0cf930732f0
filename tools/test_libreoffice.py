"""Spreadsheets and texts as LibreOffice opens them, with the settings of a French office: `make office`.

Apart from the tests, since it asks a program of the machine that the project does not depend on.
"""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from maillage.kernel.spreadsheets import csv_lines
from maillage.kernel.workbooks import Sheet, written
from ui.print.blocks import Heading, Paragraph
from ui.print.ods import ods
from ui.print.odt import odt

pytestmark = pytest.mark.timeout(180)
# UTF-8, semicolons, French: what its dialogue proposes for a file with a byte-order mark.
FRENCH = "Text - txt - csv (StarCalc):59,34,76,1,,1036,false,true"
HEAD = ("Numéro", "Projet", "Demandé", "Déposé le", "SIREN")
ROWS: list[tuple[Any, ...]] = [
    ("AAP-1", "L’épicerie de Nœux", Decimal("4000.10"), date(2026, 11, 25), "012345678"),
    ("AAP-2", "=1+1", Decimal("1234567.89"), date(2026, 12, 1), "987654321"),
    ("AAP-3", "+33 3 22 00 00 00", Decimal("0.01"), date(2027, 1, 2), "000000018"),
    ("AAP-4", "@SOMME(A1)", None, None, ""),
]
RECORDS = [dict(zip(HEAD, row, strict=True)) for row in ROWS]


def opened(folder: Path, name: str, content: bytes, *, to: str, reads: str = "") -> Path:
    """What LibreOffice makes of a file."""
    office = shutil.which("soffice")
    assert office is not None, "LibreOffice is needed: apt-get install libreoffice-calc libreoffice-writer"
    (folder / name).write_bytes(content)
    words = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    words += [f"--infilter={reads}"] if reads else []
    subprocess.run(
        [*words, "--convert-to", to, "--outdir", str(folder / "made"), str(folder / name)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / "made" / f"{Path(name).stem}.{to}"


def cells(path: Path) -> list[tuple[Any, ...]]:
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_a_workbook_and_a_table_open_with_amounts_dates_and_zeros_in_front(tmp_path: Path) -> None:
    sheet = Sheet("Demandes", dict.fromkeys(HEAD, "ce que c’est"), RECORDS, {})
    with written([sheet]) as book:
        found = [cells(opened(tmp_path, "xlsx.xlsx", book.read(), to="xlsx"))]
    table = ods([HEAD, *ROWS], title="Demandes", author="PETR", on=date(2026, 11, 25))
    found.append(cells(opened(tmp_path, "ods.ods", table, to="xlsx")))
    for head, *rows in found:
        assert head == HEAD
        assert [row[1] for row in rows] == [row[1] for row in ROWS]
        assert sum(row[2] or 0 for row in rows) == pytest.approx(1238568.00)
        assert [row[3] and row[3].date() for row in rows] == [row[3] for row in ROWS]
        assert [row[4] or "" for row in rows] == [row[4] for row in ROWS]


def test_a_csv_opens_with_its_accents_and_amounts_that_add_up_and_runs_nothing(tmp_path: Path) -> None:
    content = b"".join(csv_lines(HEAD, RECORDS))
    head, *rows = cells(opened(tmp_path, "table.csv", content, to="xlsx", reads=FRENCH))
    assert head == HEAD
    assert [row[1] for row in rows] == ["L’épicerie de Nœux", "'=1+1", "'+33 3 22 00 00 00", "'@SOMME(A1)"]
    assert sum(row[2] or 0 for row in rows) == pytest.approx(1238568.00)
    assert rows[0][3].date() == date(2026, 11, 25)


def test_a_text_opens_with_its_words(tmp_path: Path) -> None:
    content = odt(
        [Heading(1, "Décision"), Paragraph("Une aide de 8\u202f000,00\u00a0€ à Nœux.")],
        title="Lettre", author="PETR", on=date(2026, 11, 25),
    )  # fmt: skip
    told = opened(tmp_path, "lettre.odt", content, to="txt").read_text(encoding="utf-8-sig")
    assert told.split("\n")[:3] == ["Lettre", "Décision", "Une aide de 8\u202f000,00\u00a0€ à Nœux."]
