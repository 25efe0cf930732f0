"""Letters of the room, by subject."""

from maillage.calls.notices.calls import LETTERS

__all__ = ["LETTERS"]
