"""Write the plan as a workbook, so that reading it back changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from maillage.kernel.workbooks import Sheet, written
from maillage.strategy import phrases
from maillage.strategy.book.columns import BUDGET, MEASURES, NEWS, SHEETS, STEPS, Column, Reads
from maillage.strategy.models import BudgetLine, Measure, News, Step, Strategy


def workbook_of(strategy: Strategy, at: datetime) -> IO[bytes]:
    """Measures, steps, budget and news of the plan as XLSX, read from its start; it keeps its moment."""
    rows: dict[str, Iterable[Any]] = {
        MEASURES: Measure.objects.filter(strategy=strategy)
        .select_related("owner", "liaison_officer")
        .order_by("position", "code"),
        STEPS: _of(Step, strategy).order_by("measure__position", "position", "pk"),
        BUDGET: _of(BudgetLine, strategy).order_by("measure__position", "year", "funder", "stage"),
        NEWS: _of(News, strategy).order_by("measure__position", "news_date", "pk"),
    }
    sheets = [
        Sheet(
            title,
            {column.label: column.meaning for column in columns},
            [{column.label: _cell(row, column) for column in columns} for row in rows[title]],
            {column.label: column.width for column in columns},
        )
        for title, columns in SHEETS.items()
    ]
    notes = [
        (phrases.BOOK_PLAN, strategy.slug),
        (phrases.BOOK_MOMENT, at.isoformat()),
        (phrases.BOOK_HOW, phrases.BOOK_ADVICE),
    ]
    return written(sheets, notes=notes)


def _of(model: Any, strategy: Strategy) -> Any:
    return model.objects.filter(measure__strategy=strategy).select_related("measure")


def _cell(row: Any, column: Column) -> Any:
    if column.name == "code":
        return row.code if isinstance(row, Measure) else row.measure.code
    value = getattr(row, column.name)
    if column.reads is Reads.CHOICE and column.choices:
        return str(column.choices(value).label)
    if column.reads is Reads.FRAMES:
        return row.framework_labels
    if column.reads is Reads.PERSON:
        return "" if value is None else str(value)
    if column.reads is Reads.DAY:
        return "" if value is None else value.isoformat()
    return str(value) if column.reads is Reads.MONEY else value
