"""The list behind an indicator, read now: what is counted, line by line, with the number that the lines make.

Words: the *foot* is that number, in the words of the figure. Neighbours: rooms give the lists with their gauges
(`kernel.counted`); the public page and the page of agents show them, each to whom it may.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from maillage.kernel import registry
from maillage.kernel.counted import CountedLine, Fold, Listing, fold
from maillage.strategy import phrases_indicators as phrases
from maillage.strategy.models import Indicator, Reading
from ui import french
from ui.tables import Column, cells

PER_PAGE = 50
EURO = "€"


@dataclass(frozen=True)
class Counted:
    """One page of the list. value: what its lines make; foot: French; whole: how many lines in all; noun: a line's."""

    value: Decimal
    foot: str
    whole: int
    noun: str
    page: int
    pages: int
    columns: list[Column]
    rows: list[list[Any]]

    @property
    def nouns(self) -> str:
        """As templates put them in the plural."""
        return f"{self.noun},{self.noun}s"

    @property
    def lines_words(self) -> str:
        """« 4 versements », "" where the foot says it already."""
        told = french.plural(self.whole, self.noun)
        return "" if told in self.foot else told

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1


def listing_of(indicator: Indicator) -> Listing | None:
    gauge = registry.gauges().get(indicator.gauge)
    return None if gauge is None else gauge.listing


def public_path(indicator: Indicator) -> str:
    """The address of its list for everybody, "" when there is none."""
    listing = listing_of(indicator)
    return reverse("strategy:counted", args=[indicator.code]) if listing and listing.is_public else ""


def office_path(indicator: Indicator) -> str:
    """The address of its list for those who steer, "" when everybody has one or nobody has."""
    listing = listing_of(indicator)
    return reverse("strategy_office:counted", args=[indicator.pk]) if listing and not listing.is_public else ""


def counted(indicator: Indicator, listing: Listing, *, page: str, on: date, reader: Any = None) -> Counted:
    """page: as the address says it; what is none is the first, what is too far is the last."""
    found = listing.read(on, reader)
    whole, value = len(found), fold(listing.fold, found)
    pages = max(-(-whole // PER_PAGE), 1)
    number = min(int(page), pages) if page.isascii() and page.isdigit() and 0 < len(page) < 9 and int(page) else 1
    shown = found.between((number - 1) * PER_PAGE, number * PER_PAGE)
    columns = _columns(indicator, listing)
    rows = [_row(indicator, listing, line) for line in shown]
    return Counted(
        value, _foot(indicator, listing, value), whole, listing.noun, number, pages, columns, cells(columns, rows)
    )  # fmt: skip


def since_reading(indicator: Indicator, on: date) -> str:
    """That the figure shown elsewhere is of an earlier day; "" on the day of the reading. Never a masked number."""
    last = Reading.objects.filter(indicator=indicator, on__lte=on).order_by("-on").first()
    return "" if last is None or last.on == on else phrases.LIST_OF_TODAY.format(day=french.day(last.on))


def missing(indicator: Indicator, counted: Counted, on: date) -> str:
    """That some of what the figure counts is not in this list, since its reader stays away from it."""
    gauge = registry.gauges()[indicator.gauge]
    return phrases.NOT_ALL if Decimal(gauge.read(on).value) != counted.value else ""


def _columns(indicator: Indicator, listing: Listing) -> list[Column]:
    columns = [Column(listing.noun.capitalize()), *([Column(listing.day)] if listing.day else [])]
    if listing.fold == Fold.SHARE:
        columns.append(Column(phrases.REACHED_IT))
    elif listing.fold != Fold.COUNT:
        columns.append(Column(phrases.AMOUNT if indicator.unit == EURO else _heading(indicator), numeric=True))
    return columns


def _row(indicator: Indicator, listing: Listing, line: CountedLine) -> list[str | tuple[str, str]]:
    told: list[str | tuple[str, str]] = [(line.title, line.path)]
    if listing.day:
        told.append(french.day(line.day) if line.day else phrases.NO_DAY)
    if listing.fold == Fold.SHARE:
        told.append("Oui" if line.value else "Non")
    elif listing.fold != Fold.COUNT:
        told.append(_amount(indicator, Decimal(line.value)))
    return told


def _heading(indicator: Indicator) -> str:
    """The unit as a heading: « Personnes », and « ETP » as it is written."""
    return indicator.unit_words[:1].upper() + indicator.unit_words[1:]


def _amount(indicator: Indicator, value: Decimal) -> str:
    """Money to the cent; else as the figure is written, and a whole number without decimals."""
    if indicator.unit == EURO:
        return french.euros(value)
    return french.number(value, 0 if value == value.to_integral_value() else max(indicator.decimals, 1))


def _foot(indicator: Indicator, listing: Listing, value: Decimal) -> str:
    """« Somme : 1 234,50 € », with the rounded figure beside it where the two are not written alike."""
    exact, figure = french.euros(value) if indicator.unit == EURO else "", indicator.words(value)
    if exact and value != value.to_integral_value():
        figure = phrases.ROUNDED.format(exact=exact, figure=figure)
    return phrases.FOOTS[listing.fold].format(figure=figure)
