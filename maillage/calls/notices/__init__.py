"""Letters of the room, by subject."""

from maillage.calls.notices import applying, review

LETTERS = (*applying.LETTERS, *review.LETTERS)

__all__ = ["LETTERS"]
