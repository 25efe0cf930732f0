from __future__ import annotations


class AidRefused(Exception):
    """Nothing was written; `phrase` says why and what to do, `field` where ("" for the whole)."""

    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field
