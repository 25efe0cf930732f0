"""Put values in an aid, and what the filters read of it beside them; nothing is saved here."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from itertools import count
from typing import Any

from django.utils.text import slugify

from maillage.aids.models import Aid
from maillage.aids.text import bare
from maillage.kernel.text import fold

_UNKNOWN_PLACE = "place:unknown"
# Addresses of other pages, under /aides/.
_TAKEN = frozenset({"possibles", "alerte"})


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def unplain(field: str, value: Any) -> Any:
    """The inverse of `plain`, for this field."""
    return date.fromisoformat(value) if field.endswith("_date") and value else value


def fill(aid: Aid, values: Mapping[str, Any]) -> None:
    """Set these fields, then the keys and words that lists are filtered by."""
    for field, value in values.items():
        setattr(aid, field, value)
    aid.keys = f" {' '.join(_keys(aid))} "
    said = (aid.name, aid.short_title, *aid.financers, *aid.programmes, aid.perimeter)
    aid.words_key = fold(" ".join((*said, bare(aid.description), bare(aid.eligibility))))


def _keys(aid: Aid) -> list[str]:
    listed = (("audience", aid.audiences), ("type", aid.types), ("step", aid.steps), ("theme", aid.themes))
    keys = [f"{name}:{code}" for name, codes in listed for code in codes]
    return [*keys, *(aid.coverage or [_UNKNOWN_PLACE])]


def draw_slug(name: str, taken: Container[str]) -> str:
    """An address that nobody has, from the name."""
    stem = slugify(name)[:80].strip("-") or "aide"
    if stem not in taken and stem not in _TAKEN:
        return stem
    return next(one for number in count(2) if (one := f"{stem}-{number}") not in taken)
