"""Seven points between a seeker and an aid, one at a time; then many at once, which must say the same."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benchmarks.aids import _aid, _seeker
from maillage.aids.matching import MOST, POINTS, Board, Facts, Seeker, Verdict, match

ON = date(2026, 11, 25)
NO, UNKNOWN, YES = Verdict.NO, Verdict.UNKNOWN, Verdict.YES
PERONNE = frozenset({"commune:80620", "epci:200037059", "department:80", "region:32", "country:FR"})
SOMEBODY = Seeker(
    on=ON, audience="association", themes=frozenset({"reemploi"}), places=PERONNE, stage="creation",
    types=frozenset({"grant"}), amount=8_000,
)  # fmt: skip
PERFECT = Facts(
    audiences=frozenset({"association"}), themes=frozenset({"reemploi"}), coverage=frozenset({"department:80"}),
    steps=frozenset({"op"}), types=frozenset({"grant"}), amount_max=10_000, deadline_date=date(2027, 1, 31),
)  # fmt: skip


def verdict(key: str, seeker: Seeker, aid: Facts) -> Verdict:
    return match(seeker, aid).points[POINTS.index(key)].verdict


def sentence(key: str, seeker: Seeker, aid: Facts) -> str:
    return match(seeker, aid).points[POINTS.index(key)].sentence


def test_an_aid_that_answers_everything_fits_with_seven_reasons() -> None:
    found = match(SOMEBODY, PERFECT)
    assert (found.fits, found.score, found.against, found.missing) == (True, MOST, (), ())
    assert [point.key for point in found.points] == list(POINTS)
    assert all(point.sentence.endswith(".") and point.label for point in found.points)


@pytest.mark.parametrize(
    ("key", "aid", "expected"),
    [
        ("audience", {"audiences": frozenset({"commune"})}, NO),
        ("audience", {"audiences": frozenset()}, UNKNOWN),
        ("theme", {"themes": frozenset({"culture"})}, NO),
        ("theme", {"themes": frozenset()}, UNKNOWN),
        ("place", {"coverage": frozenset({"department:26"})}, NO),
        ("place", {"coverage": frozenset({"country:FR"})}, YES),
        ("place", {"coverage": frozenset({"commune:80620", "commune:80001"})}, YES),
        ("place", {"coverage": frozenset({"commune:80001"})}, NO),
        ("place", {"coverage": frozenset()}, UNKNOWN),
        ("stage", {"steps": frozenset({"preop"})}, NO),
        ("stage", {"steps": frozenset()}, UNKNOWN),
        ("type", {"types": frozenset({"loan"})}, NO),
        ("type", {"types": frozenset()}, UNKNOWN),
        ("amount", {"amount_max": 7_999}, NO),
        ("amount", {"amount_max": 8_000}, YES),
        ("amount", {"amount_max": None, "amount_min": 8_001}, NO),
        ("amount", {"amount_max": None, "amount_min": 5_000}, YES),
        ("amount", {"amount_max": None}, UNKNOWN),
        ("date", {"deadline_date": ON}, YES),
        ("date", {"deadline_date": date(2026, 11, 24)}, NO),
        ("date", {"start_date": date(2026, 12, 1)}, UNKNOWN),
        ("date", {"deadline_date": None, "recurrence": "ongoing"}, YES),
        ("date", {"deadline_date": None}, UNKNOWN),
        ("date", {"is_gone": True}, NO),
    ],
)
def test_each_point_says_yes_no_or_unknown(key: str, aid: dict[str, Any], expected: Verdict) -> None:
    changed = replace(PERFECT, **aid)
    assert verdict(key, SOMEBODY, changed) == expected
    assert match(SOMEBODY, changed).fits is (expected is not NO)


@pytest.mark.parametrize(
    ("key", "said", "expected"),
    [
        ("audience", {"audience": ""}, UNKNOWN), ("theme", {"themes": frozenset()}, UNKNOWN),
        ("place", {"places": frozenset()}, UNKNOWN), ("stage", {"stage": ""}, UNKNOWN),
        ("type", {"types": frozenset()}, YES), ("amount", {"amount": None}, UNKNOWN),
    ],
)  # fmt: skip
def test_what_a_seeker_did_not_say_is_never_held_against_an_aid(
    key: str, said: dict[str, Any], expected: Verdict
) -> None:
    assert verdict(key, replace(SOMEBODY, **said), PERFECT) == expected


def test_a_department_alone_does_not_tell_a_commune() -> None:
    coarse = replace(SOMEBODY, places=frozenset({"department:80", "region:32", "country:FR"}))
    assert verdict("place", coarse, replace(PERFECT, coverage=frozenset({"commune:80620"}))) == UNKNOWN
    assert verdict("place", coarse, replace(PERFECT, coverage=frozenset({"department:26"}))) == NO


def test_sentences_tell_the_figure_and_the_day() -> None:
    assert sentence("amount", SOMEBODY, replace(PERFECT, amount_max=5_000)) == (
        "Votre montant dépasse son plafond, 5\u202f000\u00a0€."
    )
    over = replace(PERFECT, deadline_date=date(2026, 11, 2))
    assert sentence("date", SOMEBODY, over) == "Elle est fermée depuis le 2\u00a0novembre 2026."


def test_those_that_fit_come_first_then_the_nearest() -> None:
    near, far = replace(PERFECT, themes=frozenset()), replace(PERFECT, themes=frozenset(), steps=frozenset())
    aside = replace(PERFECT, audiences=frozenset({"commune"}))
    row = Board([aside, far, PERFECT, near]).row(SOMEBODY)
    assert row.ranked() == [2, 3, 1, 0]
    assert [bool(one) for one in row.fits] == [False, True, True, True]


def test_many_at_once_say_the_same_as_one_at_a_time() -> None:
    chance = random.Random(7)
    aids, seekers = [_aid(chance) for _ in range(40)], [_seeker(chance) for _ in range(60)]
    different = 0
    for seeker, row in zip(seekers, Board(aids).rows(seekers), strict=True):
        for place, aid in enumerate(aids):
            alone = match(seeker, aid)
            different += alone != row.match(place) or alone.fits != bool(row.fits[place])
    assert different == 0
