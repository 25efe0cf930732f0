"""Letters of the room, by subject."""

from maillage.grants.notices import decided, followed

LETTERS = (*decided.LETTERS, *followed.LETTERS)

__all__ = ["LETTERS"]
