"""Letters of the room, by subject."""

from maillage.grants.notices import decided

LETTERS = (*decided.LETTERS,)

__all__ = ["LETTERS"]
