"""The papers of grants: the decision sheet for the council, letters, agreements. PDF and OpenDocument.

Neighbours: `ui/print` lays them out; `queries.sheet` and `facts` give what they hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from maillage.grants.phrases import sheet as phrases
from maillage.grants.queries.sheet import Row, Sheet
from maillage.kernel import workbooks
from maillage.territories.queries import home_territory
from ui import french
from ui.print.blocks import Block, Document, Heading, Line, Paragraph, Table, as_json
from ui.print.compile import typeset_once
from ui.print.ods import Cell, ods

WIDTHS = (1, 4, 2, 2, 2, 2, 3)


def author() -> str:
    home = home_territory()
    return home.name if home else "Maillage"


def sheet_cells(sheet: Sheet) -> Iterator[list[Cell]]:
    """The sheet as a table: figures are figures."""
    yield list(phrases.COLUMNS)
    for row in sheet.rows:
        one = row.application
        yield [
            row.rank, one.number, one.legal_name or one.organisation.name, one.title,
            one.commune.name if one.commune else "", row.score, row.reviews,
            row.opinion.get_sense_display() if row.opinion else "", one.requested, row.proposed, row.together,
            _decision(row), row.decision.reason if row.decision else "",
        ]  # fmt: skip


def _decision(row: Row) -> str:
    if row.decision is None:
        return ""
    told = row.decision.get_outcome_display()
    return told if row.is_confirmed else f"{told} (proposé)"


def sheet_ods(sheet: Sheet, on: date) -> bytes:
    return ods(sheet_cells(sheet), title=phrases.TITLE, author=author(), on=on)


def sheet_xlsx(sheet: Sheet) -> bytes:
    head, *rows = sheet_cells(sheet)
    records: list[dict[str, Any]] = [
        {str(name): float(cell) if isinstance(cell, Decimal) else cell for name, cell in zip(head, row, strict=True)}
        for row in rows
    ]
    widths = {"Rang": 6, "Projet": 40, "Structure": 34, "Raison": 50}
    one = workbooks.Sheet(phrases.TITLE, phrases.COLUMNS, records, widths)
    with workbooks.written([one], notes=[("Appel", sheet.call.title)]) as book:
        return book.read()


def sheet_pdf(sheet: Sheet, on: date) -> bytes:
    """For the council: what the envelope bears, then the applications by rank."""
    document = Document(
        title=phrases.TITLE, eyebrow=sheet.call.title, lead=_lead(sheet), author=author(),
        source=f"{sheet.call.title}. Fiche du {french.day(on)}.", blocks=_blocks(sheet),
    )  # fmt: skip
    return typeset_once("document", {**as_json(document), "slides": []}, {}, on=on)


def _lead(sheet: Sheet) -> str:
    line = sheet.line
    if line is None:
        return "Cet appel n’a pas d’enveloppe."
    told = (
        f"Enveloppe {line.year}\u00a0: {french.euros(line.amount)}, dont {french.euros(line.awarded)} déjà accordés. "
        f"Demandé\u00a0: {french.euros(sheet.requested)}. Proposé\u00a0: {french.euros(sheet.proposed)}."
    )
    return f"{told} {phrases.OVER}" if sheet.is_over else f"{told} Il resterait {french.euros(sheet.left)}."


def _blocks(sheet: Sheet) -> list[Block]:
    if not sheet.rows:
        return [Paragraph("Aucun dossier n’a encore reçu l’avis du comité.")]
    rows = [
        (
            Line(str(row.rank)), Line(f"{row.application.legal_name or row.application.organisation.name}\u00a0: "
                                      f"{row.application.title}"),
            Line(french.number(row.score, 2) if row.score is not None else "—"),
            Line(french.euros(row.application.requested or Decimal(0))),
            Line(french.euros(row.proposed) if row.proposed is not None else "—"), Line(french.euros(row.together)),
            Line(_decision(row) or (row.opinion.get_sense_display() if row.opinion else "—")),
        )
        for row in sheet.rows
    ]  # fmt: skip
    head = ("Rang", "Structure et projet", "Note", "Demandé", "Proposé", "Cumul", "Décision ou avis")
    return [Heading(1, "Dossiers par rang"), Table("Dossiers par rang", head, rows, WIDTHS)]
