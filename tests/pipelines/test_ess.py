"""The ESS rule: each of its lines, and the same answers in Python and in SQL."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contracts.ess import (
    STATUS_OF_REASON,
    VerdictReason,
    VerdictStatus,
    ess_verdict,
    verdict_sql,
)
from pipelines.sources.nomenclatures import legal_categories, naf_exclusions


@pytest.mark.parametrize(
    ("category", "naf", "flags", "status", "reason", "family"),
    [
        ("9220", "94.99Z", {}, "yes", "core_category", "association"),
        ("9220", None, {}, "yes", "core_category", "association"),
        ("9220", "94.91Z", {}, "no", "naf_excluded", "association"),
        ("9220", "94.91Y", {}, "no", "naf_excluded", "association"),
        ("9220", "94.91Z", {"sirene_flag": True}, "yes", "sirene_flag", "association"),
        ("5710", "62.01Z", {}, "no", "commercial_without_flag", "commercial_ess"),
        ("5710", "62.01Z", {"is_esus": True}, "yes", "esus", "commercial_ess"),
        ("5710", "62.01Z", {"in_ess_list": True}, "yes", "ess_list", "commercial_ess"),
        ("5710", "84.11Z", {}, "no", "commercial_without_flag", "commercial_ess"),
        ("5532", "01.61Z", {}, "to_confirm", "category_to_confirm", "cooperative"),
        ("5532", "97.00Z", {}, "no", "naf_excluded", "cooperative"),
        ("9300", "88.99B", {}, "yes", "core_category", "foundation"),
        ("8210", "65.12Z", {}, "yes", "core_category", "mutual"),
        ("7210", "84.11Z", {}, "no", "category_outside", ""),
        ("5785", "70.22Z", {"sirene_flag": True}, "yes", "sirene_flag", "commercial_ess"),
        (None, "88.99B", {}, "to_confirm", "category_unknown", ""),
        ("", "84.11Z", {}, "no", "naf_excluded", ""),
    ],
)
def test_each_line_of_the_rule_gives_its_answer(
    *, category: str | None, naf: str | None, flags: dict[str, bool], status: str, reason: str, family: str
) -> None:
    verdict = ess_verdict(legal_category=category, naf_code=naf, **flags)
    assert (verdict.status, verdict.reason_code, verdict.family) == (status, reason, family)


def test_every_reason_has_a_status() -> None:
    assert set(STATUS_OF_REASON) == set(VerdictReason)


CATEGORIES = st.one_of(
    st.none(),
    st.sampled_from(["", *legal_categories(), "1000", "7210", "7361", "5785", "9900"]),
    st.text("0123456789", min_size=4, max_size=4),
)
NAF_CODES = st.one_of(
    st.none(),
    st.sampled_from(["", "94.99Z", "88.99B", *(f"{prefix}.11Z"[:6] for prefix in naf_exclusions())]),
    st.from_regex(r"[0-9]{2}\.[0-9]{2}[A-Z]", fullmatch=True),
)
FLAGS = st.sampled_from([True, False, None])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CATEGORIES, NAF_CODES, FLAGS, FLAGS, FLAGS), min_size=1, max_size=60),
)
def test_sql_and_python_never_disagree(
    rows: list[tuple[str | None, str | None, bool | None, bool | None, bool | None]],
) -> None:
    sql = verdict_sql(
        legal_category="category", naf_code="naf", sirene_flag="flag", in_ess_list="listed", is_esus="esus"
    )
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (i INT, category VARCHAR, naf VARCHAR, flag BOOL, listed BOOL, esus BOOL)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", [(i, *r) for i, r in enumerate(rows)])
        answers = connection.execute(
            f"SELECT {sql.status}, {sql.reason}, {sql.family}, {sql.candidate} FROM t ORDER BY i"
        ).fetchall()
    for (category, naf, flag, listed, esus), (status, reason, family, candidate) in zip(rows, answers, strict=True):
        expected = ess_verdict(
            legal_category=category,
            naf_code=naf,
            sirene_flag=bool(flag),
            in_ess_list=bool(listed),
            is_esus=bool(esus),
        )
        assert (status, reason, family) == (expected.status, expected.reason_code, expected.family)
        if expected.status is not VerdictStatus.NO and category:
            assert candidate
