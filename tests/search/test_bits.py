import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.search.engine import bits

sets = st.lists(st.booleans(), min_size=1, max_size=400)


@settings(deadline=None)
@given(sets)
def test_a_set_gives_back_the_rows_it_was_made_of(listed: list[bool]) -> None:
    flags = np.array(listed)
    packed = bits.pack(flags)
    assert bits.rows(packed, len(flags)).tolist() == np.flatnonzero(flags).tolist()
    assert bits.size(packed) == int(flags.sum())
    assert (bits.of_rows(np.flatnonzero(flags), len(flags)) == packed).all()


@settings(deadline=None)
@given(sets, st.data())
def test_rows_between_starts_are_counted_as_by_hand(listed: list[bool], data: st.DataObject) -> None:
    others = data.draw(st.sets(st.integers(1, max(1, len(listed) - 1)), max_size=12))
    starts = sorted({0, *(start for start in others if start < len(listed))})
    found = bits.sizes_between(bits.pack(np.array(listed)), np.array(starts), len(listed))
    ends = [*starts[1:], len(listed)]
    assert found.tolist() == [sum(listed[start:end]) for start, end in zip(starts, ends, strict=True)]


@settings(deadline=None)
@given(sets, sets)
def test_sets_share_what_both_hold(one: list[bool], other: list[bool]) -> None:
    length = min(len(one), len(other))
    first, second = np.array(one[:length]), np.array(other[:length])
    assert bits.sizes([bits.pack(first)], bits.pack(second)) == [int((first & second).sum())]
    assert bits.sizes_of_few([bits.pack(first)], np.flatnonzero(second)) == [int((first & second).sum())]
    assert bits.size(bits.full(length)) == length
