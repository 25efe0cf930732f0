"""The verbs of the search: tell what moved, follow it, rebuild.

Words: following reads the change table after this index's cursor and writes what it finds, in one commit;
an index is unusable when it is missing, broken, of another version, or too far behind the table.
Neighbours: every room that writes calls `note_change`; the worker's loop calls `keep_up`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from maillage.kernel.bulk import fresh, insert_rows
from maillage.kernel.edition import begin_edition
from maillage.search import changes, queries, registry
from maillage.search.engine import Busy, Document, Unusable, state, writer
from maillage.search.models import Change

logger = logging.getLogger(__name__)

AFTER_COMMIT_LIMIT = 500  # a person waits behind a commit; the worker takes the rest
BLOCK = 1_000  # documents read from the database at once
KEPT_FOR = timedelta(days=14)
LEAST_DELTA = 500  # below, counting the delta one by one costs less than a millisecond

Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Followed:
    """How much was read and written; state "rebuild" says that only `rebuild` can help, and why."""

    changes: int = 0
    documents: int = 0
    state: Literal["ready", "busy", "rebuild"] = "ready"
    reason: str = ""
    has_more: bool = False


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild made."""

    documents: int
    seconds: float
    folder: str


def root() -> Path:
    """Return the folder of this machine's index."""
    return Path(settings.SEARCH_DIR)


def note_change(*, kind: str, ids: Iterable[int], at: datetime | None = None) -> int:
    """Tell every index that these objects were written or removed; return how many.

    Call it in the transaction of the write: both are kept or neither. After commit this process brings its
    own index up to date when nobody else is doing so.
    """
    with transaction.atomic():
        number = changes.transaction_number()
        moment = at or timezone.now()
        told = {"kind": kind, "at": moment, "transaction": number}
        rows = [fresh(Change, {**told, "object_id": object_id}) for object_id in dict.fromkeys(ids)]
        insert_rows(Change, rows)
        if rows and not any(entry[1] is _follow_after_commit for entry in connection.run_on_commit):
            transaction.on_commit(_follow_after_commit, robust=True)
    return len(rows)


def _follow_after_commit() -> None:
    # The write is done and must not seem to have failed: what cannot be indexed now will be by the worker.
    followed = follow(limit=AFTER_COMMIT_LIMIT)
    if followed.state == "rebuild":
        # The worker rebuilds it and says so once; a line for each write until then would drown the rest.
        logger.debug("search index must be rebuilt: %s", followed.reason)


def follow(limit: int = 2_000) -> Followed:
    """Index at most limit changes; nothing is written twice, nothing is lost if this is interrupted."""
    try:
        with state.writing(root()):
            return _follow(limit)
    except Busy:
        return Followed(state="busy")
    except (Unusable, changes.Lost) as refusal:
        return Followed(state="rebuild", reason=str(refusal))


def _follow(limit: int) -> Followed:
    current = writer.usable(root())
    batch = changes.read(current.cursor, limit)
    documents: list[Document] = []
    gone: list[tuple[str, int]] = []
    for kind, ids in batch.ids.items():
        source = registry.source(kind)
        if source is None:
            continue
        for block in _blocks(ids):
            found = list(source.documents(block))
            documents += found
            there = {document.id for document in found}
            gone += [(kind, object_id) for object_id in block if object_id not in there]
    if documents or gone:
        writer.update(root(), documents, gone, cursor=batch.cursor)
        begin_edition()  # a page built between the commit and now showed the list of before
    else:
        writer.move_cursor(root(), batch.cursor)
    return Followed(batch.count, len(documents), has_more=batch.has_more)


def catch_up(limit: int = 2_000) -> Followed:
    """Follow until nothing waits; return the sums and the last state."""
    read = written = 0
    while True:
        followed = follow(limit)
        read, written = read + followed.changes, written + followed.documents
        if not followed.has_more:
            return Followed(read, written, followed.state, followed.reason)


def keep_up() -> Followed:
    """One turn of the worker's loop: follow, rebuild what only a rebuild can mend, renew the base, prune."""
    followed = catch_up()
    if followed.state == "rebuild" or not queries.is_ready():
        logger.warning("rebuilding the search index: %s", followed.reason or "it cannot be read")
        with suppress(Busy):
            rebuild()
            followed = catch_up()
    with suppress(Busy, Unusable):
        _renew_base()
    changes.prune(timezone.now() - KEPT_FOR)
    return followed


def _renew_base() -> None:
    view = queries.engine().view()
    if view is None or len(view.delta) <= max(LEAST_DELTA, view.base.count // 100):
        return
    with state.writing(root()):
        writer.rebase(root())


def rebuild(report: Report | None = None) -> Rebuilt:
    """Index everything anew, then switch to it at once; searches go on meanwhile. Raises Busy.

    report: called with a stage ("documents", "columns", "terms"), how far it is and how far it goes.
    """
    started = timezone.now()
    with state.writing(root()):
        # Read before the documents: what changes meanwhile is followed afterwards.
        cursor = changes.present()
        ids = [(source, list(source.all_ids())) for source in registry.sources()]
        expected = sum(len(numbers) for _, numbers in ids)
        made = writer.rebuild(root(), _documents(ids), expected=expected, cursor=cursor, report=report)
    begin_edition()
    view = queries.engine().view()
    seconds = (timezone.now() - started).total_seconds()
    return Rebuilt(view.count if view else 0, seconds, made.folder)


def _documents(ids: Sequence[tuple[registry.Source, list[int]]]) -> Iterator[Document]:
    for source, numbers in ids:
        for block in _blocks(numbers):
            yield from source.documents(block)


def _blocks(numbers: list[int]) -> Iterator[list[int]]:
    return (numbers[first : first + BLOCK] for first in range(0, len(numbers), BLOCK))


def prune(before: datetime) -> int:
    """Forget changes older than a moment; an index that had not read them asks for a rebuild."""
    return changes.prune(before)
