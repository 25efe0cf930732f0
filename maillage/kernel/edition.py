"""The edition of the data: one word in the shared cache, renewed by every journalled write.

Each process looks at it at most once in `EDITION_SECONDS`, and at once after its own writes. What is remembered
under an edition (kept pages, the words of the filters, the home territory) is forgotten when the next begins.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Hashable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

EDITION_SECONDS = 1.0
MOST_REMEMBERED = 512
KEY = "pages:edition"
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class _Seen:
    """What this process last saw of the edition, and what it remembers under it."""

    word = ""
    until = 0.0
    answers: dict[tuple[Any, ...], Any] = {}


def edition() -> str:
    """The data's edition and that of the static files, whose names stand inside the pages."""
    if _Seen.until < time.monotonic():
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        files = manifest.stat().st_mtime_ns if manifest.exists() else 0
        try:
            word = f"{cache.get(KEY, '')}{files}"
        except DatabaseError:  # the pages of before are better than none while the database is away
            word = _Seen.word
        if word != _Seen.word:
            _Seen.word, _Seen.answers = word, {}
        _Seen.until = time.monotonic() + EDITION_SECONDS
    return _Seen.word


def begin_edition() -> None:
    """Begin a new edition once the transaction is written; nothing remembered before is shown again."""
    transaction.on_commit(_begin, robust=True)


def _begin() -> None:
    cache.set(KEY, uuid.uuid4().hex, None)
    forget()


def forget() -> None:
    """Make this process look again, and remember nothing."""
    _Seen.until, _Seen.answers = 0.0, {}


def remembered(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Read once per process and edition. Arguments are hashable, answers are not changed by those who get them.

    Inside a transaction nothing is remembered: it may have written what the function reads.
    """

    @wraps(function)
    def reading(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        if connection.in_atomic_block:
            return function(*args, **kwargs)
        key: tuple[Hashable, ...] = (edition(), function, args, *sorted(kwargs.items()))
        answers = _Seen.answers
        if key in answers:
            found: Answer = answers[key]
            return found
        answer = function(*args, **kwargs)
        if len(answers) < MOST_REMEMBERED:
            answers[key] = answer
        return answer

    return reading
