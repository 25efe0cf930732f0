from __future__ import annotations


class GrantRefused(Exception):
    """phrase: the French sentence that says what to do; field: of the form that asked, "" for the whole."""

    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field


class EnvelopeExceeded(GrantRefused):
    """The line has not enough left; its phrase says how much."""


class CeilingExceeded(GrantRefused):
    """The single undertaking would receive too much in three years; its phrase says what it still may."""


class AlreadyDecided(GrantRefused):
    """Somebody confirmed this decision before."""
