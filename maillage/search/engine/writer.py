"""Writing an index: whole generations, small updates, new bases; always by one process at a time.

Order of every write, so that a process killed anywhere leaves the last commit readable: Tantivy commits (a
rename), then `CURRENT` is replaced (a rename). Killed between the two, the same changes are read and
written again, which changes nothing. A rebuild works in a folder of its own until it is whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import tantivy

from maillage.search.engine import base as bases
from maillage.search.engine import schema, state
from maillage.search.engine.documents import Document, uid_of
from maillage.search.engine.state import State

LEAST_MEMORY = 50_000_000
MOST_MEMORY = 1_500_000_000
BYTES_EACH = 900  # memory that holds one document while indexing: enough for one segment in a whole rebuild

Report = Callable[[str, int, int], None]


class Unusable(Exception):
    """There is no index here that can be written to: rebuild it."""


def rebuild(
    root: Path,
    documents: Iterable[Document],
    *,
    expected: int,
    cursor: Mapping[str, Any] | None = None,
    report: Report | None = None,
) -> State:
    """Index everything into a new folder, then make it current. The lock must be held (`state.writing`).

    expected: about how many documents come (memory is chosen by it); cursor: where `update` continues;
    report: called with (stage, done, total), stages "documents", "columns", "terms".
    """
    name = f"g-{uuid4().hex[:12]}"
    folder = root / name
    folder.mkdir(parents=True)
    try:
        index = _filled(folder / "index", documents, expected, report or _silent)
        bases.build(index.searcher(), folder, 1, report)
        current = State(schema.VERSION, name, 1, 0, dict(cursor or {}))
        state.write(root, current)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _sweep(root, current)
    return current


def _filled(place: Path, documents: Iterable[Document], expected: int, report: Report) -> tantivy.Index:
    place.mkdir(parents=True)
    index = schema.create(str(place))
    writer = index.writer(min(max(expected * BYTES_EACH, LEAST_MEMORY), MOST_MEMORY), 1)
    done = 0
    try:
        for document in documents:
            writer.add_document(schema.entry(document, 0))
            done += 1
            if done % 5_000 == 0:
                report("documents", done, expected)
        writer.commit()
    finally:
        # The writer's threads must have ended before its folder may be removed.
        writer.wait_merging_threads()
    report("documents", done, max(done, expected))
    index.reload()
    return index


def _silent(_stage: str, _done: int, _total: int) -> None:
    return None


def update(
    root: Path, documents: Iterable[Document], gone: Iterable[tuple[str, int]], *, cursor: Mapping[str, Any]
) -> State:
    """Replace these documents and forget these objects (kind, id), in one commit. The lock must be held.

    Doing it twice changes nothing more. Raises Unusable when there is no index of this version.
    """
    current = usable(root)
    try:
        index = schema.open_index(str(root / current.folder / "index"))
        writer = index.writer(LEAST_MEMORY, 1)
    except (ValueError, OSError) as broken:
        raise Unusable(str(broken)) from broken
    entries = {document.uid: schema.entry(document, current.epoch) for document in documents}
    for kind, object_id in gone:
        uid = uid_of(kind, object_id)
        entries.setdefault(uid, schema.tombstone(uid, current.epoch))
    # By a query and not by a term: large numbers make a term of another type, which deletes nothing.
    writer.delete_documents_by_query(tantivy.Query.term_set_query(schema.schema(), "uid", list(entries)))
    for entry in entries.values():
        writer.add_document(entry)
    writer.commit()
    written = replace(current, commit=current.commit + 1, cursor=dict(cursor))
    state.write(root, written)
    writer.wait_merging_threads()
    return written


def move_cursor(root: Path, cursor: Mapping[str, Any]) -> State:
    """Remember what has been read when it asked for no writing. The lock must be held."""
    current = usable(root)
    moved = replace(current, cursor=dict(cursor))
    if moved != current:
        state.write(root, moved)
    return moved


def rebase(root: Path, report: Report | None = None) -> State:
    """Draw a new base from the index, so that the delta is empty again. The lock must be held."""
    current = usable(root)
    folder = root / current.folder
    try:
        index = schema.open_index(str(folder / "index"))
    except (ValueError, OSError) as broken:
        raise Unusable(str(broken)) from broken
    bases.build(index.searcher(), folder, current.epoch + 1, report)
    written = replace(current, epoch=current.epoch + 1, commit=current.commit + 1)
    state.write(root, written)
    # Tombstones hid rows of the old base; no reader of the new one looks at them.
    writer = index.writer(LEAST_MEMORY, 1)
    old = tantivy.Query.range_query(schema.schema(), "epoch", tantivy.FieldType.Unsigned, 0, current.epoch)
    graves = tantivy.Query.term_query(schema.schema(), "tag", schema.GONE, "basic")
    must = tantivy.Occur.Must
    writer.delete_documents_by_query(tantivy.Query.boolean_query([(must, graves), (must, old)]))
    writer.commit()
    writer.wait_merging_threads()
    _sweep(root, written)
    return written


def usable(root: Path) -> State:
    """Return the state of an index that can be written to. Raises Unusable."""
    current = state.read(root)
    if current is None or current.schema != schema.VERSION or not (root / current.folder / "index").is_dir():
        raise Unusable(str(root))
    return current


def _sweep(root: Path, current: State) -> None:
    """Remove generations and bases that are no longer current; whoever has them open keeps them."""
    for folder in root.glob("g-*"):
        if folder.name != current.folder:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in (root / current.folder).glob("base-*"):
        if folder.name != f"base-{current.epoch}":
            shutil.rmtree(folder, ignore_errors=True)
