from __future__ import annotations


class DeskRefused(Exception):
    """The act cannot be done; `phrase` says why and what to do, `field` names what to change ("" for the whole)."""

    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field
