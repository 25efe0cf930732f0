"""Reads of the room. `chosen_themes` is what calls for projects offer."""

from maillage.needs.queries.chain import Chain, Link, chain_of_need, chain_of_theme, last_turn_of_today
from maillage.needs.queries.published import (
    Asked,
    chosen_themes,
    exported,
    find_need,
    find_theme,
    found,
    people_behind,
    themes,
    topics,
)
from maillage.needs.queries.resembling import Alike, alike_need, alike_words

__all__ = [
    "Alike",
    "Asked",
    "Chain",
    "Link",
    "alike_need",
    "alike_words",
    "chain_of_need",
    "chain_of_theme",
    "chosen_themes",
    "exported",
    "find_need",
    "find_theme",
    "found",
    "last_turn_of_today",
    "people_behind",
    "themes",
    "topics",
]
