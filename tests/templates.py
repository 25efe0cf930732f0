"""An unknown variable in one of our templates fails its test; those of Django and Wagtail may do as they like."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.template import Node

ROOT = Path(__file__).resolve().parent.parent
OURS = (ROOT / "maillage", ROOT / "ui", ROOT / "tests")


class UnknownTemplateVariable(Exception):
    """A template asked for a variable that its context does not hold."""


class LoudNothing(str):
    """An engine's `string_if_invalid`: Django asks whether it is empty exactly when a variable is missing."""

    __slots__ = ()

    def __bool__(self) -> bool:
        place = _place()
        if place is not None and any(place[0].is_relative_to(folder) for folder in OURS):
            raise UnknownTemplateVariable(f"{place[0]}:{place[1]}: {place[2]}")
        return False


def _place() -> tuple[Path, int, str] | None:
    """File, line and tag of the template being drawn."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and isinstance(node, Node):
            origin = getattr(node, "origin", None)
            if origin is not None and Path(str(origin.name)).is_absolute():
                line, tag = (node.token.lineno or 0, str(node.token.contents)) if node.token else (0, "")
                return Path(str(origin.name)), line, tag
            return None
        frame = frame.f_back
    return None
