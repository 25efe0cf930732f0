"""Reads of the room."""

from maillage.calls.queries.own import is_open_for

__all__ = ["is_open_for"]
