"""Applications as agents find them: the list with its filters, its export, what was refused and why."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.accounts.backoffice.screens import OfficeRequest, behind, show, today
from maillage.calls.forms.review import ListForm
from maillage.calls.phrases import review as phrases
from maillage.calls.queries import office, reviews
from maillage.calls.rules import may_examine
from maillage.kernel.spreadsheets import csv_lines
from maillage.kernel.workbooks import Sheet, written

TITLE, ICON, PER_PAGE = "Demandes d’aide", "doc-full", 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def crumbs() -> list[tuple[str, str]]:
    return [(TITLE, reverse("applications_office:applications"))]


def _wanted(request: OfficeRequest) -> tuple[ListForm, office.Wanted]:
    calls = office.calls_with_applications(by=request.user, on=today())
    form = ListForm(request.GET, calls=calls, authorities=office.authorities())
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    which, call, authority = request.GET.get("liste", ""), said.get("appel"), said.get("autorite")
    wanted = office.Wanted(
        which=which if which in phrases.OFFICE else "a-examiner", words=said.get("q", ""),
        call=call.pk if call else None, authority=authority.pk if authority else None,
        sort=said.get("tri") or "date", is_late=said.get("retard", False), is_to_read=said.get("lire", False),
    )  # fmt: skip
    return form, wanted


@require_GET
@behind(may_examine)
def applications(request: OfficeRequest) -> HttpResponse:
    """One of seven lists; ?liste= chooses, the rest narrows."""
    form, wanted = _wanted(request)
    on = today()
    waiting = office.counts(by=request.user, on=on)
    page = office.page_of(
        wanted, request.GET.get("page"), PER_PAGE, waiting=waiting, by=request.user, on=on
    )  # fmt: skip
    return show(
        request, "calls/backoffice/applications/list.html", title=TITLE, icon=ICON, form=form, wanted=wanted,
        lists=[(key, label, waiting.get(key)) for key, label in phrases.OFFICE.items()], page=page,
        rows=office.rows_of(list(page), wanted=wanted, by=request.user, on=on),
    )  # fmt: skip


@require_GET
@behind(may_examine)
def export(request: OfficeRequest, kind: str) -> Any:
    """The same list, every page of it, as a file."""
    _, wanted = _wanted(request)
    records = office.records(wanted, by=request.user, on=today())
    if kind == "csv":
        lines = csv_lines(list(phrases.COLUMNS), records)
        answer: HttpResponseBase = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    else:
        book = written([Sheet(TITLE, phrases.COLUMNS, records, {"titre": 40, "structure": 40})])
        answer = FileResponse(book, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="demandes-{today():%Y-%m-%d}.{kind}"'
    return answer


@require_GET
@behind(may_examine)
def refused(request: OfficeRequest) -> HttpResponse:
    """Points that were not met, and how each criterion is marked, over every call: equal answers for equal cases."""
    points = [(phrases.ITEMS.get(item, item), count) for item, count in reviews.not_met(request.user, on=today())]
    return show(
        request, "calls/backoffice/applications/refused.html", title="Irrecevables, par point", icon=ICON,
        crumbs=crumbs(), points=points, most=max((count for _, count in points), default=0),
        criteria=reviews.means_by_criterion(request.user, on=today()),
    )  # fmt: skip
