"""Totals, facets, filters and places beside a naive count in Python, on many small made-up directories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from maillage.search.engine import FACETS, Document, Engine, Query, base, counting, state, writer
from maillage.search.engine.geography import distance_km
from tests.search.conftest import build, organisation, update

WORDS = ["jardin", "atelier", "vélo", "Péronne", "culture"]
VALUES = {"family": ["a", "b"], "sector": ["x", "y", "z"], "cc": ["1", "2"], "commune": ["c1", "c2", "c3"]}
ACROSS = [49.0, 49.5, 50.0]

documents = st.lists(
    st.builds(
        lambda words, facets, place, slots, quality: {
            "title": " ".join(words),
            "facets": facets,
            "latitude": place and place[0],
            "longitude": place and place[1],
            "open_slots": frozenset(slots),
            "quality": quality,
        },
        st.lists(st.sampled_from(WORDS), max_size=3),
        st.fixed_dictionaries({name: st.lists(st.sampled_from(values), max_size=2) for name, values in VALUES.items()}),
        st.none() | st.tuples(st.sampled_from(ACROSS), st.sampled_from([2.0, 2.5, 3.0])),
        st.lists(st.integers(0, 3), max_size=2),
        st.integers(0, 100),
    ),
    max_size=12,
)
queries = st.builds(
    Query,
    text=st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
    kinds=st.sampled_from([frozenset(), frozenset({"organisation"}), frozenset({"commune"})]),
    filters=st.dictionaries(st.sampled_from(sorted(VALUES)), st.just(""), max_size=3).flatmap(
        lambda names: st.fixed_dictionaries(
            {name: st.frozensets(st.sampled_from(VALUES[name]), max_size=2) for name in names}
        )
    ),
    bbox=st.none() | st.just((2.0, 49.0, 2.5, 49.5)),
    near=st.just((49.0, 2.0)),
    radius_km=st.none() | st.sampled_from([1.0, 40.0, 60.0]),
    now_slot=st.none() | st.integers(0, 3),
    is_open_only=st.booleans(),
    sort=st.sampled_from(["pertinence", "nom", "distance", "recent"]),
)


def naive(listed: list[Document], query: Query, *, but: str = "") -> list[Document]:
    """Return what a patient person would keep, leaving one facet aside."""
    return [document for document in listed if _meets(document, query, but)]


def _meets(document: Document, query: Query, but: str) -> bool:
    asked = query.text.split()
    checks = [
        all(word in document.title.split() for word in asked),
        not query.kinds or document.kind in query.kinds,
        *(
            not values or name == but or bool(values & set(document.facets.get(name, ())))
            for name, values in query.filters.items()
        ),
        not (query.is_open_only and query.now_slot is not None) or query.now_slot in document.open_slots,
    ]
    here = document.latitude, document.longitude
    if query.bbox is not None or query.radius_km is not None:
        if here[0] is None or here[1] is None:
            return False
        west, south, east, north = query.bbox or (-180, -90, 180, 90)
        checks.append(south <= here[0] <= north and west <= here[1] <= east)
        if query.radius_km is not None and query.near is not None:
            checks.append(distance_km(query.near, here[0], here[1]) <= query.radius_km)
    return all(checks)


def _compare(engine: Engine, listed: list[Document], query: Query) -> None:
    answer = engine.search(query)
    expected = naive(listed, query)
    assert answer.total == len(expected)
    assert {row.key for row in answer.rows} == {document.key for document in expected}
    for name in FACETS:
        counted = Counter(
            value for found in naive(listed, query, but=name) for value in set(found.facets.get(name, ()))
        )
        assert dict(answer.facets[name]) == dict(counted)
    if query.now_slot is not None:
        shut = Query(text=query.text, kinds=query.kinds, filters=query.filters, bbox=query.bbox)
        shut = Query(**{**shut.__dict__, "near": query.near, "radius_km": query.radius_km})
        assert answer.open_count == sum(query.now_slot in found.open_slots for found in naive(listed, shut))
    whole = (1.0, 48.0, 4.0, 51.0)
    placed = [document for document in expected if document.latitude is not None]
    assert engine.map_cells(query, whole, 3, 3).total == len(placed)
    points = engine.points(query, whole)
    assert points is not None
    assert {row.key for row in points} == {document.key for document in placed}


@pytest.fixture(params=["words are rare", "words are frequent"])
def _frequency(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "words are rare":
            patch.setattr(counting, "FEW_SHARE", 1)
        else:
            patch.setattr(base, "FREQUENT_LEAST", 1)
        yield


@pytest.mark.usefixtures("_frequency")
# No shrinking: each example builds an index, and the first failing one is small enough to read.
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    made=documents, changed=st.integers(0, 3), gone=st.integers(0, 2), asked=st.lists(queries, min_size=3, max_size=6)
)
def test_counts_are_those_of_a_naive_count_whatever_the_history(
    made: list[dict[str, object]], changed: int, gone: int, asked: list[Query]
) -> None:
    listed = [
        organisation(number, **fields) if number % 4 else Document(kind="commune", id=number, url="/", **fields)  # type: ignore[arg-type]
        for number, fields in enumerate(made, 1)
    ]
    late, kept, removed = listed[:changed], listed[changed:], listed[len(listed) - gone :]
    with TemporaryDirectory() as folder:
        root = Path(folder)
        # A document that changes was something else before; one that goes was there.
        engine = build(
            root, [*kept, *(organisation(one.id, "jardin atelier") for one in late if one.kind == "organisation")]
        )
        update(root, [one for one in late if one not in removed], [(one.kind, one.id) for one in removed])
        now = [document for document in listed if document not in removed]
        for query in asked:
            _compare(engine, now, query)
        with state.writing(root):
            writer.rebase(root)
        for query in asked:
            _compare(engine, now, query)


def test_one_order_holds_for_every_history_of_the_same_documents(tmp_path: Path) -> None:
    listed = [
        organisation(number, f"Jardin {'partagé ' * (number % 3)}{WORDS[number % 5]}", quality=number % 4)
        for number in range(1, 80)
    ]
    straight = build(tmp_path / "straight", listed)
    other = build(tmp_path / "other", reversed(listed))
    for text in ("", "jardin", "partagé culture", "velo"):
        for sort in ("pertinence", "nom", "recent"):
            query = Query(text=text, sort=sort, page_size=100)
            assert [row.id for row in straight.search(query).rows] == [row.id for row in other.search(query).rows]


def test_a_sheaf_of_filters_on_a_frequent_word_keeps_the_order_of_the_words(tmp_path: Path) -> None:
    engine = build(
        tmp_path,
        (
            organisation(
                number,
                f"Jardin {number}",
                body="atelier " * (number % 5),
                facets={"family": ["a" if number % 40 else "b"]},
                open_slots=frozenset({1}) if number % 3 == 0 else frozenset(),
                latitude=49 + number / 10_000,
                longitude=2.0,
            )
            for number in range(1, 4_001)
        ),
    )
    query = Query(text="jardin atelier", page_size=4_000 // 4, now_slot=1, is_open_only=True)
    everything = [
        row.id for page in range(1, 5) for row in engine.search(Query(**{**query.__dict__, "page": page})).rows
    ]
    assert sorted(everything) == [number for number in range(1, 4_001) if number % 3 == 0 and number % 5]
    few = engine.search(Query(text="jardin atelier", filters={"family": frozenset({"b"})}, page_size=200))
    assert few.total == len(few.rows) == 0
    near = engine.search(Query(text="jardin", near=(49.0, 2.0), radius_km=20, page_size=50))
    assert near.total == 1798
    assert len(near.rows) == 50
