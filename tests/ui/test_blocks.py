"""Blocks are plain data: a document that was kept comes back as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ui.print.blocks import (
    Bar,
    Bars,
    Bullets,
    Curve,
    Document,
    Heading,
    Line,
    Paragraph,
    Slide,
    Table,
    as_json,
    from_json,
)

# A busy machine is no fault of the function.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
number = st.floats(allow_nan=False, allow_infinity=False)
lines = st.builds(Line, words, words)


def some(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


blocks = some(st.one_of(
    st.builds(Heading, st.integers(1, 4), words),
    st.builds(Paragraph, words, words, words),
    st.builds(Bullets, some(lines)),
    st.builds(Table, words, some(words), some(some(lines)), some(st.integers(1, 8))),
    st.builds(Bars, words, some(st.builds(Bar, words, words, number))),
    st.builds(Curve, words, some(st.tuples(st.integers(0), number)), st.none() | number, words, words, words),
))  # fmt: skip
documents = st.builds(
    Document, words, words, words, words, words, blocks, some(st.builds(Slide, words, blocks, words))
)  # fmt: skip


@patient
@given(documents)
def test_what_is_kept_as_json_comes_back_the_same(document: Document) -> None:
    kept = json.loads(json.dumps(as_json(document)))
    assert from_json(kept) == document
    assert as_json(from_json(kept)) == as_json(document)


def test_lists_and_tuples_are_kept_alike() -> None:
    def made(sort: type[list[Line]] | type[tuple[Line, ...]]) -> Document:
        return Document("T", "", "", "", "", [Bullets(sort([Line("a")]))], [Slide("S", [Heading(1, "h")])])

    assert json.dumps(as_json(made(list))) == json.dumps(as_json(made(tuple)))


@pytest.mark.parametrize("wrong", [
    {}, {"title": "T"}, {**as_json(Document("", "", "", "", "", ())), "blocks": [{"kind": "video"}]},
    {**as_json(Document("", "", "", "", "", ())), "blocks": [{"kind": "heading", "size": 3}]},
    {**as_json(Document("", "", "", "", "", ())), "colour": "blue"},
])  # fmt: skip
def test_what_is_not_ours_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError)):
        from_json(wrong)
