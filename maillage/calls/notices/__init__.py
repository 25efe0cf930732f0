"""Letters of the room, by subject."""

from maillage.calls.notices import applying

LETTERS = (*applying.LETTERS,)

__all__ = ["LETTERS"]
