"""Count ballots: consent, dots, ranking. Knows neither Django nor the database, so that anybody can run it again.

Words: an *option* is named by its letter (« A », « B »…); a *part* is the count of some of the ballots; its *leaders*
are the options (or the outcome) that it puts first, several when they are equal. Every voice weighs the same.
Neighbours: `content` says what a ballot may hold; `elections` counts rankings; `maillage tally` calls this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.choosing.elections import ranking_part

ANSWERS = ("agree", "reserve", "object")
CONSENT, OBJECTION = "consent", "objection"
Part = dict[str, Any]


@dataclass(frozen=True)
class Vote:
    """One ballot. content: {"answer": "agree"}, {"dots": {"A": 2}} or {"ranking": ["B", "A"]}."""

    college: str
    content: Mapping[str, Any]


def tally(method: str, options: Sequence[str], votes: Iterable[Vote], colleges: Sequence[str]) -> dict[str, Any]:
    """Count all ballots together and by college; plain JSON, the same for the same ballots in any order.

    {"method", "whole": part, "colleges": {college: part}, "differ": [colleges]}. A college *differs* when it voted and
    its leaders are not those of the whole. Raises KeyError for a college or an option that nobody named.
    """
    counted = list(votes)
    sorted_out: dict[str, list[Mapping[str, Any]]] = {college: [] for college in colleges}
    for vote in counted:
        sorted_out[vote.college].append(vote.content)
    whole = part_of(method, options, [vote.content for vote in counted])
    parts = {college: part_of(method, options, contents) for college, contents in sorted_out.items()}
    differ = [college for college, part in parts.items() if part["ballots"] and part["leaders"] != whole["leaders"]]
    return {"method": method, "whole": whole, "colleges": parts, "differ": differ}


def part_of(method: str, options: Sequence[str], contents: Sequence[Mapping[str, Any]]) -> Part:
    """The count of these ballots by this method ("consent", "dots", "ranking")."""
    if method == "consent":
        return _consent_part(contents)
    if method == "dots":
        return _dots_part(options, contents)
    return ranking_part(options, [list(content["ranking"]) for content in contents])


def _consent_part(contents: Sequence[Mapping[str, Any]]) -> Part:
    """Consent is given when nobody objects; one objection is enough to withhold it, whatever the numbers.

    {"ballots", "agree", "reserve", "object", "leaders": ["consent"], ["objection"], or [] without a ballot}.
    """
    counts = dict.fromkeys(ANSWERS, 0)
    for content in contents:
        counts[content["answer"]] += 1
    leaders = [] if not contents else [OBJECTION if counts["object"] else CONSENT]
    return {"ballots": len(contents), **counts, "leaders": leaders}


def _dots_part(options: Sequence[str], contents: Sequence[Mapping[str, Any]]) -> Part:
    """Dots are added up. A ballot need not spend all of its dots, and may put several on one option.

    {"ballots", "dots": {option: sum}, "voices": {option: ballots that gave it at least one}, "leaders": those with the
    most dots, in the order of the options, [] when nobody gave any}.
    """
    dots, voices = dict.fromkeys(options, 0), dict.fromkeys(options, 0)
    for content in contents:
        for option, number in content["dots"].items():
            dots[option] += number
            voices[option] += number > 0
    most = max(dots.values(), default=0)
    leaders = [option for option in options if most and dots[option] == most]
    return {"ballots": len(contents), "dots": dots, "voices": voices, "leaders": leaders}
