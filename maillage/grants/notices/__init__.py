"""Letters of the room, by subject."""

from maillage.grants.notices import cancelled, decided, followed, reduced

LETTERS = (*decided.LETTERS, *followed.LETTERS, *cancelled.LETTERS, *reduced.LETTERS)

__all__ = ["LETTERS"]
