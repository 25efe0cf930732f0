"""Counting, by worked examples made by hand and by what must hold of any ballots."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from maillage.choosing.elections import condorcet_winner, duels, ranking_part, ring, runoff, schulze_order
from maillage.choosing.tally import Vote, part_of, tally

ABC = ("A", "B", "C")


def ballots(*groups: tuple[int, str]) -> list[list[str]]:
    return [list(letters) for number, letters in groups for _ in range(number)]


def votes(college: str, *contents: dict[str, Any]) -> list[Vote]:
    return [Vote(college, content) for content in contents]


def test_dots_are_added_and_equal_options_lead_together() -> None:
    part = part_of("dots", ABC, [{"dots": {"A": 2, "B": 1}}, {"dots": {"B": 1}}, {"dots": {"C": 1}}])
    assert part == {
        "ballots": 3, "dots": {"A": 2, "B": 2, "C": 1}, "voices": {"A": 1, "B": 2, "C": 1}, "leaders": ["A", "B"],
    }  # fmt: skip


def test_one_objection_withholds_consent_and_reserves_do_not() -> None:
    agree, reserve, against = {"answer": "agree"}, {"answer": "reserve"}, {"answer": "object", "reason": "Non"}
    assert part_of("consent", (), [agree] * 9 + [reserve])["leaders"] == ["consent"]
    assert part_of("consent", (), [agree] * 40 + [against])["leaders"] == ["objection"]
    assert part_of("consent", (), []) == {"ballots": 0, "agree": 0, "reserve": 0, "object": 0, "leaders": []}


def test_colleges_that_put_something_else_first_are_named() -> None:
    counted = tally(
        "dots", ABC,
        [*votes("structures", *[{"dots": {"A": 3}}] * 3), *votes("elus", {"dots": {"B": 3}})],
        ["structures", "elus", "habitants"],
    )  # fmt: skip
    assert counted["differ"] == ["elus"]
    assert counted["whole"]["leaders"] == ["A"]
    assert counted["colleges"]["habitants"]["ballots"] == 0


def test_duels_and_rounds_may_name_different_winners() -> None:
    """Three options where the second choice of everybody wins each duel, and leaves first by rounds."""
    part = ranking_part(ABC, ballots((40, "ABC"), (35, "CBA"), (25, "BAC")))
    assert part["condorcet"] == "B"
    assert part["pairs"]["B"] == {"A": 60, "C": 65}
    assert part["runoff"] == ["A"]
    assert part["rounds"] == [
        {"counts": {"A": 40, "B": 25, "C": 35}, "exhausted": 0, "out": ["B"]},
        {"counts": {"A": 65, "C": 35}, "exhausted": 0, "out": []},
    ]
    assert (part["leaders"], part["cycle"]) == (["B"], [])


def test_a_ring_is_said_and_schulze_breaks_it_by_its_weakest_duel() -> None:
    """A beats B 65 to 35, B beats C 75 to 25, C beats A 60 to 40: the weakest link is C's."""
    part = ranking_part(ABC, ballots((40, "ABC"), (35, "BCA"), (25, "CAB")))
    assert (part["condorcet"], part["cycle"]) == ("", ["A", "B", "C"])
    assert part["order"] == [["A"], ["B"], ["C"]]


def test_the_example_of_schulze_gives_his_order() -> None:
    """45 voters and 5 options, from Schulze (2011), example 1 as it is commonly told: E, A, C, B, D."""
    given_ballots = ballots(
        (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")
    )
    order = schulze_order("ABCDE", duels("ABCDE", given_ballots))
    assert order == [["E"], ["A"], ["C"], ["B"], ["D"]]


def test_partial_rankings_put_what_is_not_ranked_last_and_equal() -> None:
    pairs = duels(ABC, [["B"], ["B"], []])
    assert pairs == {"A": {"B": 0, "C": 0}, "B": {"A": 2, "C": 2}, "C": {"A": 0, "B": 0}}


def test_ballots_whose_choices_are_all_gone_are_exhausted() -> None:
    rounds, winners = runoff(ABC, ballots((4, "A"), (3, "BA"), (2, "C")))
    assert (winners, rounds[1]["exhausted"], rounds[0]["out"]) == (["A"], 2, ["C"])


def test_of_equal_fewest_the_one_that_had_fewer_before_leaves() -> None:
    """B and C have 4 each in the second round; B had fewer in the first one."""
    rounds, winners = runoff("ABCD", ballots((5, "A"), (3, "BC"), (4, "CB"), (1, "DB")))
    assert [one["out"] for one in rounds] == [["D"], ["B"], []]
    assert winners == ["C"]


def test_what_is_equal_to_the_end_wins_together() -> None:
    assert runoff("AB", ballots((2, "A"), (2, "B")))[1] == ["A", "B"]
    assert runoff(ABC, []) == ([], [])
    nothing = ranking_part(ABC, [])
    assert (nothing["leaders"], nothing["order"]) == ([], [["A", "B", "C"]])


partial = st.permutations("ABCD").flatmap(lambda order: st.integers(0, 4).map(lambda most: list(order[:most])))
rankings = st.lists(partial, max_size=25)
given_dots = st.dictionaries(st.sampled_from("ABC"), st.integers(1, 5))
of_colleges = st.lists(st.tuples(st.sampled_from("xy"), given_dots), max_size=20)


@given(rankings, st.randoms())
def test_the_order_of_ballots_never_matters(some: list[list[str]], chance: Any) -> None:
    shuffled = some[:]
    chance.shuffle(shuffled)
    assert ranking_part("ABCD", some) == ranking_part("ABCD", shuffled)


@given(rankings)
def test_whoever_wins_every_duel_is_first_by_schulze(some: list[list[str]]) -> None:
    pairs = duels("ABCD", some)
    winner = condorcet_winner("ABCD", pairs)
    order = schulze_order("ABCD", pairs)
    assert sorted(option for group in order for option in group) == list("ABCD")
    assert not winner or order[0] == [winner]
    assert not (winner and ring("ABCD", pairs))


@given(rankings)
def test_no_round_loses_a_ballot_and_an_absolute_majority_wins_at_once(some: list[list[str]]) -> None:
    rounds, winners = runoff("ABCD", some)
    for one in rounds:
        assert sum(one["counts"].values()) + one["exhausted"] == len(some)
    assert bool(winners) == any(some)
    firsts = [ranking[0] for ranking in some if ranking]
    for option in "ABCD":
        if firsts.count(option) * 2 > len(firsts):
            assert (winners, len(rounds)) == ([option], 1)


@given(rankings)
def test_naming_options_otherwise_renames_the_result(some: list[list[str]]) -> None:
    other = dict(zip("ABCD", "DCBA", strict=True))
    there = ranking_part("ABCD", some)
    back = ranking_part("ABCD", [[other[option] for option in ranking] for ranking in some])
    assert sorted(other[option] for option in there["leaders"]) == sorted(back["leaders"])
    assert sorted(other[option] for option in there["runoff"]) == sorted(back["runoff"])


@given(of_colleges)
def test_colleges_add_up_to_the_whole(some: list[tuple[str, dict[str, int]]]) -> None:
    counted = tally("dots", ABC, [Vote(college, {"dots": dots}) for college, dots in some], ["x", "y"])
    for option in ABC:
        assert counted["whole"]["dots"][option] == sum(part["dots"][option] for part in counted["colleges"].values())
    assert counted["whole"]["ballots"] == len(some)
