from __future__ import annotations


class PersonRefused(Exception):
    """The act on a person cannot be done; `phrase` says why and what to do, `field` where."""

    def __init__(self, field: str, phrase: str) -> None:
        super().__init__(phrase)
        self.field, self.phrase = field, phrase
