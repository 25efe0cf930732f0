"""Who may push which door: every URL is closed (LoginRequiredMiddleware) unless it says so here.

`open_to_all` marks a public view; `url_inventory` and the table of rights read the mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver

View = TypeVar("View", bound=Callable[..., Any])


def open_to_all(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Open every view of these patterns to strangers; included lists are opened too."""
    opened = list(patterns)
    for pattern in opened:
        if isinstance(pattern, URLResolver):
            open_to_all(pattern.url_patterns)
        else:
            pattern.callback = login_not_required(pattern.callback)
    return opened
