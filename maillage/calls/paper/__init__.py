"""What the room prints."""

from maillage.calls.paper.rules import rules

__all__ = ["rules"]
