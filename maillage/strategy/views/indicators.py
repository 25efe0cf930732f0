"""The figures of the strategy, for anybody."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.accounts.rules import Person
from maillage.kernel.page_cache import cache_public
from maillage.kernel.spreadsheets import csv_lines
from maillage.strategy import phrases_indicators as phrases
from maillage.strategy.drawing import draw
from maillage.strategy.models import Indicator
from maillage.strategy.queries import counted as lists
from maillage.strategy.queries import home_strategy
from maillage.strategy.queries import indicators as queries
from maillage.strategy.rules import may_steer
from ui import french
from ui.tables import Column, cells

TRAIL = [{"label": "Stratégie", "url": "/strategie/"}]


@require_safe
@cache_public
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator by axis, with its last value and the target of the year (some fifty: no paging)."""
    strategy = home_strategy()
    board = queries.board_of(strategy, timezone.localdate()) if strategy else None
    shown = board if board and board.lines else None
    return render(request, "strategy/indicators.html", {"board": shown, "trail": TRAIL})


@require_safe
@cache_public
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, how it is counted, how it went."""
    found, today = _find(code), timezone.localdate()
    page = queries.page_of(found, today)
    drawing = draw([(point.on, point.value) for point in page.points], page.aimed)
    context = {
        "trail": [*TRAIL, {"label": "Indicateurs", "url": reverse("strategy:indicators")}],
        "page": page,
        "indicator": found,
        "drawing": drawing,
        "words": queries.story(page) if drawing else "",
        "year": today.year,
        "facts": _facts(page),
        "readings": _readings(page),
        "parts": _parts(page),
        "why_masked": phrases.WHY_MASKED,
        "office_list": lists.office_path(found) if may_steer(cast("Person", request.user), on=today) else "",
    }
    return render(request, "strategy/indicator.html", context)


@require_safe
@cache_public
def counted(request: HttpRequest, code: str) -> HttpResponse:
    """What the figure counts, line by line, when everybody may read each of them."""
    found, today = _find(code), timezone.localdate()
    listing = lists.listing_of(found)
    if listing is None or not listing.is_public:
        raise Http404
    trail = [*TRAIL, {"label": "Indicateurs", "url": reverse("strategy:indicators")}]
    context = {
        "trail": [*trail, {"label": found.title, "url": found.get_absolute_url()}],
        "indicator": found,
        "list": lists.counted(found, listing, page=request.GET.get("page", ""), on=today),
        "since": lists.since_reading(found, today),
    }
    return render(request, "strategy/counted.html", context)


def _facts(page: queries.IndicatorPage) -> list[dict[str, str]]:
    indicator = page.line.indicator
    told = [
        ("Comment on le compte", indicator.formula, ""),
        ("Unité", indicator.unit_words, ""),
        ("Nature", indicator.get_kind_display(), ""),
        ("Source", indicator.source, ""),
        ("Relevé", indicator.get_frequency_display(), ""),
    ]
    if indicator.measure is not None:
        told.append(("Mesure suivie", str(indicator.measure), indicator.measure.get_absolute_url()))
    if page.baseline:
        told.append(("Valeur de départ", f"{page.baseline}, {french.day(indicator.baseline_date or '')}", ""))
    if page.targets:
        aims = ", ".join(f"{indicator.number(one.value)} en {one.year}" for one in page.targets)
        told.append(("Cibles", aims, ""))
    return [
        {"label": label, "value": value, "url": url, "source": "", "source_url": "", "date": ""}
        for label, value, url in told
    ]  # fmt: skip


def _readings(page: queries.IndicatorPage) -> dict[str, Any]:
    columns = [Column("Date"), Column("Valeur", numeric=True), Column("D’où elle vient")]
    source = page.line.indicator.source
    rows = [[french.day(one.on), one.figure, one.note or source] for one in page.months]
    caption = f"Le dernier relevé de chaque mois, en {page.line.indicator.unit_words}"
    return {"columns": columns, "rows": cells(columns, rows), "caption": caption}


def _parts(page: queries.IndicatorPage) -> dict[str, Any]:
    columns = [Column("Communauté de communes"), Column("Valeur", numeric=True)]
    point = page.line.point
    caption = f"Au {french.day(point.on)}" if point else ""
    return {
        "columns": columns,
        "rows": cells(columns, [[one.name, one.words] for one in page.parts]),
        "caption": caption,
    }


@require_safe
def indicator_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """Every reading as a table, masked like the page."""
    found, epcis = _find(code), queries.home_epcis()
    lines = csv_lines(
        queries.export_columns(epcis), queries.export_rows(found, queries.points_of(found), epcis)
    )  # fmt: skip
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="indicateur-{found.code}.csv"'
    return response


def _find(code: str) -> Indicator:
    strategy = home_strategy()
    found = queries.indicators_of(strategy).filter(code=code).first() if strategy else None
    if found is None:
        raise Http404
    return found
