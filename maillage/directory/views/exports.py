"""The answer to a question as a file, the same question as the list, every page of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.directory.exports import geojson, tables
from maillage.directory.forms import ask
from maillage.directory.queries.exporting import COLUMNS, Record, found_ids, records
from maillage.kernel.spreadsheets import csv_lines

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def export_csv(request: HttpRequest) -> HttpResponseBase:
    """`/annuaire.csv`"""
    _, rows = _asked(request)
    return _named(StreamingHttpResponse(csv_lines(list(COLUMNS), rows), content_type="text/csv; charset=utf-8"),
                  "csv")  # fmt: skip


@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponseBase:
    """`/annuaire.xlsx`"""
    _, rows = _asked(request)
    return _named(FileResponse(tables.workbook(COLUMNS, rows, title="Annuaire"), content_type=XLSX), "xlsx")


@require_safe
def export_geojson(request: HttpRequest) -> HttpResponseBase:
    """`/annuaire.geojson`"""
    total, rows = _asked(request)
    return _named(StreamingHttpResponse(geojson.collection(rows, total=total), content_type="application/geo+json"),
                  "geojson")  # fmt: skip


def _asked(request: HttpRequest) -> tuple[int, Iterator[Record]]:
    question, _ = ask(request.GET)
    ids = found_ids(question.to_query(timezone.now()))
    return len(ids), records(ids, site=settings.SITE_URL, with_contact=True)


def _named(response: HttpResponseBase, extension: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="annuaire-ess-{timezone.localdate():%Y-%m-%d}.{extension}"'
    return response
