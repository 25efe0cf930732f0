"""The records of a CSV or XLSX file: kept on a run, or at hand on the disk."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files import File

from maillage.accounts.models import User
from maillage.directory.actions.import_runs import choose_columns, open_run, report_run
from maillage.directory.imports.beat import Hear
from maillage.directory.imports.mapping import Columns, MappingRefused, checked, header_key, mapping_for
from maillage.directory.imports.places import Places
from maillage.directory.imports.reading import FileRefused, Table, open_table
from maillage.directory.imports.records import ERROR, INFO, Record, RecordSource, Report
from maillage.directory.imports.rows import RowReader
from maillage.directory.models import ImportRun

SAMPLES = 3


def receive_file(
    *,
    file: IO[bytes],
    name: str,
    label: str,
    by: User | None,
    at: datetime,
    encoding: str = "",
    separator: str = "",
) -> ImportRun:
    """Keep the file and open a run: *à vérifier* with its columns matched, or *refusé* with the reason.

    label: title of the source, the same at each delivery; encoding, separator: declared, empty = guessed.
    """
    cursor: dict[str, Any] = {"encoding": encoding, "separator": separator}
    columns: Columns = {}
    refusal = None
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as copy:
        digest = _copy(file, copy)
        try:
            table = open_table(Path(copy.name), encoding=encoding, separator=separator)
            columns = mapping_for(table)
            cursor |= {"titles": table.titles, "read_as": table.label, "samples": _samples(table)}
        except FileRefused as refused:
            refusal = _note(refused)
        copy.seek(0)
        return open_run(
            kind=ImportRun.Kind.FILE, label=label, by=by, at=at, file=File(copy), file_name=Path(name).name,
            file_digest=digest, columns=columns, cursor=cursor, refusal=refusal,
        )  # fmt: skip


def correct_columns(*, run: ImportRun, columns: Columns) -> None:
    """Read the columns as a person says, now and next time. Raises MappingRefused; nothing is written then."""
    titles = run.cursor.get("titles", [])
    choose_columns(run=run, columns=checked(columns, titles), header_key=header_key(titles))


def refuse_run(*, run: ImportRun, refusal: FileRefused, at: datetime) -> None:
    """Close the run with the reason, its line and its column."""
    report_run(run=run, state=ImportRun.State.REFUSED, at=at, report=[_note(refusal)], counts={}, differences=[])


def _note(refusal: FileRefused) -> dict[str, Any]:
    return {
        "line": refusal.line, "column": str(refusal.column or ""), "level": ERROR,
        "message": f"{refusal.message} {refusal.advice}".strip(),
    }  # fmt: skip


def _copy(file: IO[bytes], copy: IO[bytes]) -> str:
    """Write the file out to be read from its start; its SHA-256."""
    digest = hashlib.sha256()
    for block in iter(lambda: file.read(1 << 20), b""):
        digest.update(block)
        copy.write(block)
    copy.flush()
    return digest.hexdigest()


def _samples(table: Table) -> dict[str, list[str]]:
    """The first filled cells of each column, for the screen where they are matched."""
    samples: dict[str, list[str]] = {title: [] for title in table.titles}
    for rank, row in enumerate(table.rows()):
        if rank >= 20:
            break
        for title, cell in zip(table.titles, row.cells, strict=True):
            if cell and len(samples[title]) < SAMPLES:
                samples[title].append(cell[:80])
    return samples


@contextmanager
def run_file_source(run: ImportRun, at: datetime, _hear: Hear) -> Iterator[RecordSource]:
    """The records of the file kept on this run."""
    with local_copy(run) as path:
        yield file_source(
            path, label=run.label, series=run.series, on=at.date(), columns=run.columns,
            reference=f"{Path(run.file.name or '').name} {run.file_digest[:12]}".strip(),
            declared=run.cursor,
        )  # fmt: skip


def file_source(
    path: Path,
    *,
    label: str,
    series: str,
    on: date,
    columns: Columns | None = None,
    reference: str = "",
    declared: Mapping[str, str] | None = None,
) -> RecordSource:
    """The records of a table, under the correspondence given, kept or guessed. Raises FileRefused."""
    said = declared or {}
    table = open_table(path, encoding=said.get("encoding", ""), separator=said.get("separator", ""))
    try:
        chosen = checked(columns, table.titles) if columns else mapping_for(table)
    except MappingRefused as refusal:
        raise FileRefused(refusal.phrase, line=table.header_line, advice="Corrigez la correspondance.") from refusal

    def records(places: Places, report: Report) -> Iterator[Record]:
        for note in _opening_notes(table, chosen):
            report.add(table.header_line, "", INFO, note)
        yield from RowReader(table, chosen, places, report).records(table.rows())

    return RecordSource(series, label, on, records, reference=reference, estimate=_estimate(path, table))


def _opening_notes(table: Table, columns: Columns) -> Iterator[str]:
    yield f"Lu comme : {table.label}."
    yield from table.notes
    unread = [title for title in table.titles if title not in columns]
    if unread:
        yield f"Colonnes non lues : {', '.join(unread[:30])}."


def _estimate(path: Path, table: Table) -> int:
    """Lines of a text; XLSX rows are not known before they are read."""
    if not table.separator:
        return 0
    with path.open("rb") as handle:
        return max(sum(block.count(b"\n") for block in iter(lambda: handle.read(1 << 20), b"")) - table.header_line, 0)


@contextmanager
def local_copy(run: ImportRun) -> Iterator[Path]:
    """The file of a run on this machine's disk, copied from the storage when it lives elsewhere."""
    try:
        path = Path(run.file.path)
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=Path(run.file.name or "").suffix) as copy:
            with run.file.open("rb") as stored:
                shutil.copyfileobj(stored, copy)
            copy.flush()
            yield Path(copy.name)
    else:
        yield path
