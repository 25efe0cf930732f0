"""Small numbers of people stay hidden, even from somebody who can subtract."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.strategy.masking import THRESHOLD, mask, plain

NAMES = ("a", "b", "c")
counts = st.integers(0, 12)
# A busy machine is no fault of the function.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def number(value: int) -> Decimal:
    return Decimal(value)


def cells(*values: int) -> dict[str, Decimal]:
    return {name: number(value) for name, value in zip(NAMES, values, strict=False)}


def possible(shown: dict[str, Decimal | None], value: Decimal, elsewhere: bool) -> dict[str, set[int]]:
    """What each hidden cell may be, for somebody who knows whether there is a rest, and that hidden is one at least."""
    hidden = [name for name, part in shown.items() if part is None]
    told = sum((part for part in shown.values() if part is not None), Decimal(0))
    left = int(value - told)
    found: dict[str, set[int]] = {name: set() for name in hidden}
    for tried in product(range(1, left + 1), repeat=len(hidden)):
        rest = left - sum(tried)
        if rest >= 1 if elsewhere else rest == 0:
            for name, one in zip(hidden, tried, strict=True):
                found[name].add(one)
    return found


@patient
@given(st.tuples(counts, counts, counts), counts)
def test_what_is_shown_is_true_and_never_small(parts: tuple[int, int, int], rest: int) -> None:
    given_parts, value = cells(*parts), number(sum(parts) + rest)
    shown = mask(value, given_parts)
    assert shown.value in (None, value)
    for name, part in shown.parts.items():
        assert part is None or (part == given_parts[name] and not 0 < part < THRESHOLD)
    assert shown.value is None or not 0 < shown.value < THRESHOLD


@patient
@given(st.tuples(counts, counts, counts), counts)
def test_no_hidden_part_can_be_found_by_subtraction(parts: tuple[int, int, int], rest: int) -> None:
    value = number(sum(parts) + rest)
    shown = mask(value, cells(*parts))
    if shown.value is None:
        return
    for name, may_be in possible(shown.parts, value, elsewhere=rest > 0).items():
        assert len(may_be) > 1, name


@patient
@given(st.tuples(counts, counts, counts), counts)
def test_a_small_rest_outside_every_part_is_not_found_either(parts: tuple[int, int, int], rest: int) -> None:
    shown = mask(number(sum(parts) + rest), cells(*parts))
    if 0 < rest < THRESHOLD and shown.value is not None:
        assert None in shown.parts.values()


@patient
@given(st.tuples(counts, counts, counts), counts)
def test_a_hidden_value_is_not_the_sum_of_what_is_shown(parts: tuple[int, int, int], rest: int) -> None:
    shown = mask(number(sum(parts) + rest), cells(*parts))
    if shown.value is None:
        assert None in shown.parts.values() or not any(parts)


@patient
@given(st.tuples(counts, counts, counts), st.integers(1, 12))
def test_parts_that_overlap_hide_together(parts: tuple[int, int, int], twice: int) -> None:
    value = number(max(*parts, sum(parts) - twice))
    shown = mask(value, cells(*parts))
    if any(0 < part < THRESHOLD for part in parts) and value < sum(parts):
        assert {part for part in shown.parts.values() if part} == set()


def test_nothing_small_hides_nothing_and_zero_is_told() -> None:
    assert mask(number(17), cells(5, 12, 0)) == plain(number(17), cells(5, 12, 0))


def test_one_small_part_takes_the_smallest_other_with_it() -> None:
    assert mask(number(23), cells(3, 8, 12)).parts == {"a": None, "b": None, "c": number(12)}


def test_two_parts_of_one_take_a_third_since_their_sum_tells_them() -> None:
    assert mask(number(12), cells(1, 1, 10)).parts == dict.fromkeys(NAMES)
    assert mask(number(8), cells(0, 0, 8)) == plain(number(8), cells(0, 0, 8))


def test_a_small_rest_of_the_whole_hides_the_value_and_its_parts() -> None:
    shown = mask(number(18), cells(6, 12, 0), whole=number(20))
    assert (shown.value, shown.parts) == (None, {"a": None, "b": None, "c": number(0)})


def test_a_value_alone_is_hidden_under_five_only() -> None:
    assert [mask(number(value), {}).value for value in (0, 1, 4, 5)] == [number(0), None, None, number(5)]
