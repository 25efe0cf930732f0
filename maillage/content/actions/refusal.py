from __future__ import annotations


class ContentRefused(Exception):
    """An act that the room refuses. phrase: French; field: of the form, "" for the whole."""

    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field
