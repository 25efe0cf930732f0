"""Letters of the room, by subject."""

from maillage.grants.notices import changed, decided, followed

LETTERS = (*decided.LETTERS, *followed.LETTERS, *changed.LETTERS)

__all__ = ["LETTERS"]
