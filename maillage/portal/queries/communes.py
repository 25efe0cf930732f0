"""What the page of a commune tells, and its population drawn as bars.

Neighbours: views/communes.py and the poster.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from maillage.portal.queries.maps import Picture, commune_picture
from maillage.portal.queries.organisations import Row, local_count, local_rows, near_rows, serving_rows
from maillage.space.queries_officers import Seat, seat_of
from maillage.territories.models import Commune, FormerCommune, Population, Territory
from maillage.territories.queries import epcis_of, neighbours_of
from ui import french

LOCAL_ROWS = 30
NEAR_ROWS = 6
SERVING_ROWS = 12
CHART_WIDTH, CHART_HEIGHT, CHART_LABELS = 520, 170, 26


@dataclass(frozen=True)
class Bar:
    """One census year. x, y, width, height: units of the chart; label_x, the middle of the bar."""

    year: int
    people: int
    x: float
    y: float
    width: float
    height: float
    label_x: float


@dataclass(frozen=True)
class Chart:
    """Population by census year; `words` says the same in a sentence."""

    bars: list[Bar]
    words: str
    width: int = CHART_WIDTH
    height: int = CHART_HEIGHT


@dataclass(frozen=True)
class NeighbourLink:
    """A bordering commune; `url` is empty when it stands outside what is loaded."""

    name: str
    url: str


@dataclass(frozen=True)
class CommunePage:
    """Everything on the page of a commune. seat: who answers for its EPCI, None when that is not known."""

    commune: Commune
    seat: Seat | None
    population: Population | None
    chart: Chart | None
    former: list[FormerCommune]
    neighbours: list[NeighbourLink]
    picture: Picture | None
    local_count: int
    local: list[Row]
    near: list[Row]
    serving: list[Row]


def commune_page(territory: Territory | None, commune: Commune) -> CommunePage:
    """Gather the page; the number of reads does not depend on how many organisations there are."""
    populations = list(commune.populations.order_by("year"))
    bordering = neighbours_of(commune)
    picture = None
    if territory is not None:
        loaded = [found for _, found in bordering if found is not None]
        picture = commune_picture(territory, commune, loaded, epcis_of(territory))
    return CommunePage(
        commune=commune,
        seat=seat_of(commune.epci_id, timezone.localdate()),
        population=populations[-1] if populations else None,
        chart=chart_of(populations),
        former=list(commune.former_communes.order_by("code")),
        neighbours=[
            NeighbourLink(other.name, "" if found is None else found.get_absolute_url()) for other, found in bordering
        ],
        picture=picture,
        local_count=local_count(commune),
        local=local_rows(commune, limit=LOCAL_ROWS),
        near=near_rows(commune, limit=NEAR_ROWS),
        serving=serving_rows(commune, limit=SERVING_ROWS),
    )


def chart_of(populations: list[Population]) -> Chart | None:
    """Bars from zero, so that a small change looks small; None under two years."""
    if len(populations) < 2:
        return None
    most = max(count.municipal for count in populations) or 1
    step = CHART_WIDTH / len(populations)
    room = CHART_HEIGHT - 2 * CHART_LABELS
    bars = []
    for rank, count in enumerate(populations):
        height = round(room * count.municipal / most, 1)
        x = round(rank * step + step * 0.14, 1)
        top = round(CHART_HEIGHT - CHART_LABELS - height, 1)
        label_x = round(rank * step + step / 2, 1)
        bars.append(Bar(count.year, count.municipal, x, top, round(step * 0.72, 1), height, label_x))
    return Chart(bars, _in_words(populations[0], populations[-1]))


def _in_words(first: Population, last: Population) -> str:
    change = last.municipal - first.municipal
    people = (
        f"{french.plural(first.municipal, 'habitant')} en {first.year}, {french.number(last.municipal)} en {last.year}"
    )
    if change == 0:
        return f"{people} : le même nombre."
    more = f"{french.plural(abs(change), 'habitant')} de {'plus' if change > 0 else 'moins'}"
    return f"{people} : {more}."
