"""Opening hours in OpenStreetMap syntax: read, said in French, compared with now."""

from __future__ import annotations

import opening_hours


def is_readable(text: str) -> bool:
    """Can the rule be understood?"""
    return bool(opening_hours.validate(text))
