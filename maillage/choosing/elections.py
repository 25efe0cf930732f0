"""Count rankings in two ways that are shown side by side: by duels (Condorcet, Schulze) and by rounds (instant runoff).

A ballot ranks some of the options, the best first, each at most once. **Partial rankings**: an option that is not
ranked comes after all those that are, and equal to the others that are not. A ballot that ranks nothing counts as a
ballot and prefers nothing. No lot is ever drawn: what is equal stays equal and is said so.
Neighbours: `tally` calls `ranking_part`. Schulze: M. Schulze, « A new monotonic, clone-independent, reversal symmetric,
and condorcet-consistent single-winner election method », Social Choice and Welfare 36 (2011).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Ranking = list[str]
Pairs = dict[str, dict[str, int]]


def ranking_part(options: Sequence[str], rankings: Sequence[Ranking]) -> dict[str, Any]:
    """Both counts of these ballots.

    {"ballots", "pairs": {a: {b: ballots that prefer a to b}}, "condorcet": the option that wins every duel or "",
    "cycle": options that beat each other in a ring, [] without one, "order": options from first to last by Schulze,
    equal ones together, "rounds": see `runoff`, "runoff": its winners, "leaders": the first of "order", [] without
    a preference}.
    """
    pairs = duels(options, rankings)
    order = schulze_order(options, pairs)
    rounds, winners = runoff(options, rankings)
    has_preference = any(any(row.values()) for row in pairs.values())
    return {
        "ballots": len(rankings), "pairs": pairs, "condorcet": condorcet_winner(options, pairs),
        "cycle": ring(options, pairs), "order": order, "rounds": rounds, "runoff": winners,
        "leaders": order[0] if has_preference else [],
    }  # fmt: skip


def duels(options: Sequence[str], rankings: Sequence[Ranking]) -> Pairs:
    """How many ballots prefer each option to each other one. Raises KeyError for an unknown option."""
    pairs: Pairs = {one: {other: 0 for other in options if other != one} for one in options}
    for ranking in rankings:
        unranked = [option for option in options if option not in ranking]
        for place, one in enumerate(ranking):
            for other in [*ranking[place + 1 :], *unranked]:
                pairs[one][other] += 1
    return pairs


def condorcet_winner(options: Sequence[str], pairs: Pairs) -> str:
    """The option that more ballots prefer than not, against each other one; "" when there is none."""
    for one in options:
        if all(pairs[one][other] > pairs[other][one] for other in options if other != one):
            return one
    return ""


def ring(options: Sequence[str], pairs: Pairs) -> list[str]:
    """Options that stand in a ring of duels (A beats B, B beats C, C beats A), in the order of the options.

    Only rings that keep from naming a winner: with a Condorcet winner, none is said.
    """
    if condorcet_winner(options, pairs):
        return []
    beaten = {one: {other for other in pairs[one] if pairs[one][other] > pairs[other][one]} for one in options}
    reached = {one: _reach(one, beaten) for one in options}
    return [one for one in options if one in reached[one]]


def _reach(start: str, beaten: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = beaten[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return found


def schulze_order(options: Sequence[str], pairs: Pairs) -> list[list[str]]:
    """Options from first to last, equal ones in one group in the order of the options.

    The strength of a duel is the number of ballots of its winner ("winning votes"); an option is before another when
    its strongest path to it is stronger than the way back. The first group is all that nobody is before; the next one,
    the same among those that are left.
    """
    paths, left, order = _strongest_paths(options, pairs), list(options), list[list[str]]()
    while left:
        group = [
            one for one in left if not any(paths[other][one] > paths[one][other] for other in left if other != one)
        ]
        order.append(group)
        left = [one for one in left if one not in group]
    return order


def _strongest_paths(options: Sequence[str], pairs: Pairs) -> Pairs:
    paths: Pairs = {
        one: {other: pairs[one][other] if pairs[one][other] > pairs[other][one] else 0 for other in pairs[one]}
        for one in options
    }
    for middle in options:
        for one in options:
            for other in options:
                if len({one, middle, other}) == 3:
                    through = min(paths[one][middle], paths[middle][other])
                    paths[one][other] = max(paths[one][other], through)
    return paths


def runoff(options: Sequence[str], rankings: Sequence[Ranking]) -> tuple[list[dict[str, Any]], list[str]]:
    """Rounds until an option has more than half of the ballots that still prefer something; rounds, winners.

    Each round is {"counts": {option: ballots whose first choice still there it is}, "exhausted": ballots none of whose
    choices is there any more, "out": options that leave}. The fewest leaves; of several that are fewest, those that
    had fewest in the latest earlier round where they were not equal; still equal, they leave together. When all that
    are left are equal so, they win together. Without a preference, nobody wins and there is no round.
    """
    rounds: list[dict[str, Any]] = []
    left = list(options)
    if not any(rankings):
        return [], []
    while True:
        counts = dict.fromkeys(left, 0)
        for choice in _first_choices(left, rankings):
            counts[choice] += 1
        alive = sum(counts.values())
        told: dict[str, Any] = {"counts": counts, "exhausted": len(rankings) - alive, "out": []}
        rounds.append(told)
        winner = [one for one in left if counts[one] * 2 > alive]
        out = _weakest(left, rounds)
        if winner or len(out) == len(left):
            return rounds, winner or out
        told["out"] = out
        left = [one for one in left if one not in out]


def _first_choices(left: Sequence[str], rankings: Sequence[Ranking]) -> Iterator[str]:
    for ranking in rankings:
        first = next((option for option in ranking if option in left), None)
        if first is not None:
            yield first


def _weakest(left: Sequence[str], rounds: Sequence[dict[str, Any]]) -> list[str]:
    found = list(left)
    for told in reversed(rounds):
        least = min(told["counts"][one] for one in found)
        found = [one for one in found if told["counts"][one] == least]
    return found
