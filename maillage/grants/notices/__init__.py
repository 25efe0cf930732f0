"""Letters of the room, by subject."""

from maillage.grants.notices import cancelled, decided, followed

LETTERS = (*decided.LETTERS, *followed.LETTERS, *cancelled.LETTERS)

__all__ = ["LETTERS"]
