"""Figures, dates and distances are written as French readers expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from ui import french

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1234, 0, "1\u202f234"),
        (1234567.891, 1, "1\u202f234\u202f567,9"),
        (-0.6, 1, "\u22120,6"),
        (2.5, 0, "3"),
        (-0.2, 0, "0"),
    ],
)
def test_numbers_have_narrow_thousands_and_a_comma(value: float, decimals: int, written: str) -> None:
    assert french.number(value, decimals) == written


@pytest.mark.parametrize(
    ("amount", "written"), [(1234.56, "1\u202f234,56\u00a0€"), (Decimal("0.005"), "0,01\u00a0€"), (0, "0,00\u00a0€")]
)
def test_money_always_has_its_cents(amount: float | Decimal, written: str) -> None:
    assert french.euros(amount) == written


@pytest.mark.parametrize(
    ("km", "written"),
    [
        (0, "sur place"),
        (0.05, "à 100\u00a0m"),
        (0.62, "à 600\u00a0m"),
        (0.96, "à 1\u00a0km"),
        (7.4, "à 7\u00a0km"),
        (1240.2, "à 1\u202f240\u00a0km"),
    ],
)
def test_distances_are_said_as_people_say_them(km: float, written: str) -> None:
    assert french.distance(km) == written


def test_a_negative_distance_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        french.distance(-1)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 11, 24, 17, 30, tzinfo=UTC), "mardi 24\u00a0novembre à 18\u00a0h\u00a030"),
        (datetime(2027, 1, 1, 8, 0, tzinfo=UTC), "vendredi 1er\u00a0janvier 2027 à 9\u00a0h"),
        (date(2026, 2, 28), "samedi 28\u00a0février"),
    ],
)
def test_moments_are_told_in_local_time_and_the_year_only_when_it_is_not_this_one(
    moment: datetime | date, written: str
) -> None:
    assert french.moment(moment, today=TODAY) == written


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2026-11-01", "1er\u00a0novembre 2026"),
        ("2026-03", "mars 2026"),
        (2025, "2025"),
        ("vers 1990", "vers 1990"),
        (date(2026, 8, 9), "9\u00a0août 2026"),
    ],
)
def test_a_date_known_in_part_stays_in_part(given: str | int | date, written: str) -> None:
    assert french.day(given) == written


@pytest.mark.parametrize(("given", "written"), [(time(9), "9\u00a0h"), (time(18, 5), "18\u00a0h\u00a005")])
def test_hours_have_an_h(given: time, written: str) -> None:
    assert french.time(given) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0\u00a0journal"), (1, "1\u00a0journal"), (2, "2\u00a0journaux"), (1500, "1\u202f500\u00a0journaux")],
)
def test_zero_is_singular(count: int, written: str) -> None:
    assert french.plural(count, "journal", "journaux") == written
