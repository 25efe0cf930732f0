"""What a file that cannot be read says of itself."""

from __future__ import annotations


class FileRefused(Exception):
    """The whole file is refused and nothing is written.

    message, advice: French sentences for the person who sends the file; line and column: counted from 1 as a
    spreadsheet counts them, 0 when the fault has no place.
    """

    def __init__(self, message: str, *, line: int = 0, column: int = 0, advice: str = "") -> None:
        self.message, self.line, self.column, self.advice = message, line, column, advice
        super().__init__(self.phrase)

    @property
    def phrase(self) -> str:
        """The whole sentence: where, what, what to do."""
        place = f"Ligne {self.line}" + (f", colonne {self.column}" if self.column else "") if self.line else ""
        return " ".join(part for part in (f"{place} :" if place else "", self.message, self.advice) if part)


class SourceUnreachable(FileRefused):
    """A service did not answer: nothing is wrong with what was asked, and it can be asked again."""
