"""JSON files that people write for the room: read whole, or refused with every mistake and its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from maillage.strategy import phrases

LONGEST_BYTES = 2_000_000


class FileRefused(ValueError):
    """The file cannot be used; `problems` are French sentences, each with its place."""

    def __init__(self, heading: str, problems: list[str] | None = None) -> None:
        self.problems = problems or []
        super().__init__("\n".join([heading, *(f"  {problem}" for problem in self.problems)]))


def read_document(path: Path, *, find_problems: Callable[[Any], Iterator[str]], refused: str, too_big: str) -> Any:
    """What the file holds, once nothing is wrong with it. Raises FileRefused.

    refused, too_big: headings, with {path}.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(phrases.UNREADABLE.format(path=path, reason=error.strerror)) from error
    if len(content) > LONGEST_BYTES:
        raise FileRefused(too_big.format(path=path))
    try:
        document = json.loads(content)
    except UnicodeDecodeError as error:
        raise FileRefused(phrases.NOT_TEXT.format(path=path)) from error
    except json.JSONDecodeError as error:
        raise FileRefused(phrases.NOT_JSON.format(path=path, line=error.lineno, column=error.colno)) from error
    except RecursionError as error:
        raise FileRefused(phrases.NOT_JSON.format(path=path, line=1, column=1)) from error
    problems = list(find_problems(document))
    if problems:
        raise FileRefused(refused.format(path=path), problems)
    return document


def problems_of_text(value: Any, place: str, limit: int) -> Iterator[str]:
    """A text that says something, of at most so many characters."""
    if not isinstance(value, str):
        yield phrases.WRONG_KIND.format(place=place, expected="un texte entre guillemets")
    elif not value.strip():
        yield phrases.EMPTY.format(place=place)
    elif len(value) > limit:
        yield phrases.TOO_LONG.format(place=place, limit=limit)
