"""Note what changed, so that every index follows. (The follower joins this module.)"""

from __future__ import annotations

from collections.abc import Iterable

from maillage.search.models import Change


def note_change(*, kind: str, ids: Iterable[int]) -> None:
    """Write down, in the transaction of the write itself, that these objects have changed."""
    Change.objects.bulk_create(Change(kind=kind, object_id=pk) for pk in ids)
