"""Letters of the room, by subject."""

from maillage.calls.notices import applying, calls, review

LETTERS = (*calls.LETTERS, *applying.LETTERS, *review.LETTERS)

__all__ = ["LETTERS"]
