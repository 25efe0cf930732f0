"""Letters of the room, by subject."""

from maillage.calls.notices import applying, calls, outside, review

LETTERS = (*calls.LETTERS, *applying.LETTERS, *review.LETTERS, *outside.LETTERS)

__all__ = ["LETTERS"]
