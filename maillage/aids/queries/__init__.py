"""Reads of the room. `possible_for` is what rooms above ask."""

from maillage.aids.queries.fitting import (
    Found,
    Possible,
    advice_about,
    advised,
    possible_for,
    possible_for_organisation,
    seeker_of,
)
from maillage.aids.queries.places import place_labels, places_of_commune
from maillage.aids.queries.published import Asked, exported, find_aid, found, theme_labels, with_deadlines

__all__ = [
    "Asked",
    "Found",
    "Possible",
    "advice_about",
    "advised",
    "exported",
    "find_aid",
    "found",
    "place_labels",
    "places_of_commune",
    "possible_for",
    "possible_for_organisation",
    "seeker_of",
    "theme_labels",
    "with_deadlines",
]
