"""Small numbers of people are not shown, nor let themselves be found by subtraction.

Words: a *cell* is the count of one EPCI; what is in none of them is a cell too, though no line shows it. A masked value
is None. No Django here. Source: the usual rule of statistical secrecy for counts of people, with our threshold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

THRESHOLD = 5
_ELSEWHERE = ""


@dataclass(frozen=True)
class Shown:
    """What may be read: the value and its parts, None in the place of what is masked."""

    value: Decimal | None
    parts: dict[str, Decimal | None]


def plain(value: Decimal, parts: Mapping[str, Decimal], whole: Decimal | None = None) -> Shown:
    """Everything: what is counted is not people."""
    return Shown(value, dict(parts))


def mask(value: Decimal, parts: Mapping[str, Decimal], whole: Decimal | None = None) -> Shown:
    """Hide what is under five but not nothing, and as much more as it takes for it to stay hidden.

    whole: of how many, shown beside the value; a small rest hides the value, since it tells it.
    """
    if _is_small(value) or (whole is not None and _is_small(whole - value)):
        # Whoever knew all the parts would know their sum.
        return Shown(None, _without(parts, {name for name, part in parts.items() if part}))
    elsewhere = value - sum(parts.values(), Decimal(0))
    cells = {**parts, _ELSEWHERE: elsewhere} if elsewhere > 0 else dict(parts)
    hidden = {name for name, cell in cells.items() if _is_small(cell)}
    if not hidden:
        return plain(value, parts)
    if elsewhere < 0:
        # Counted in two places at once: no sum can be told, so none is tried.
        return Shown(value, _without(parts, {name for name, part in parts.items() if part}))
    if elsewhere > 0:
        hidden.add(_ELSEWHERE)  # no line shows it: it costs the reader nothing
    # The smallest of the others first: they cost the reader least.
    others = sorted(
        (name for name in cells if cells[name] and name not in hidden), key=lambda name: (cells[name], name)
    )
    while not _is_ambiguous([cells[name] for name in hidden]):
        if not others:
            return Shown(None, _without(parts, hidden))
        hidden.add(others.pop(0))
    return Shown(value, _without(parts, hidden))


def _is_small(value: Decimal) -> bool:
    return 0 < value < THRESHOLD


def _is_ambiguous(cells: list[Decimal]) -> bool:
    """May the sum of these, which anyone can find, be shared out in several ways? Each is one at least."""
    return len(cells) > 1 and sum(cells) > len(cells)


def _without(parts: Mapping[str, Decimal], hidden: set[str]) -> dict[str, Decimal | None]:
    return {name: None if name in hidden else part for name, part in parts.items()}
