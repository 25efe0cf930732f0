"""Does the index say what the database says? For `check_invariants`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from maillage.kernel.registry import Breach
from maillage.search import actions, queries, registry
from maillage.search.engine.documents import uid_of

CHECK = "search.index"
BLOCK = 1_000


def find_breaches() -> Iterator[Breach]:
    """Yield each document that the index lacks, has in excess, or holds in an older form.

    What still waits in the change table is followed first: being a moment late is no breach.
    """
    followed = actions.catch_up()
    if followed.state == "rebuild" or not queries.is_ready():
        yield Breach(CHECK, "index", f"rebuild_index is needed: {followed.reason or 'it cannot be read'}")
        return
    known = queries.engine().fingerprints()
    for source in registry.sources():
        numbers = iter(source.all_ids())
        while block := list(islice(numbers, BLOCK)):
            documents = {document.id: document for document in source.documents(block)}
            for object_id in block:
                document = documents.get(object_id)
                subject = f"{source.kind}:{object_id}"
                print_ = known.pop(uid_of(source.kind, object_id), None)
                if document is None:
                    if print_ is not None:
                        yield Breach(CHECK, subject, "is indexed and should not be")
                elif print_ is None:
                    yield Breach(CHECK, subject, "is not indexed")
                elif print_ != document.fingerprint():
                    yield Breach(CHECK, subject, "is indexed in an older form")
    if known:
        yield Breach(CHECK, "index", f"{len(known)} documents are indexed whose object is gone")
