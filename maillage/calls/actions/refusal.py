from __future__ import annotations


class CallRefused(Exception):
    """phrase: the French sentence that says what to do; field: of the form that asked, "" for the whole."""

    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field
