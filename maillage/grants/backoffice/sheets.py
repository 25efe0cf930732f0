"""The decision sheet of a call: read it, prepare all of it, have a second person confirm, take it away on paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.calls.models import Call
from maillage.grants import actions, paper
from maillage.grants.forms.sheet import DeliberationForm, RowForm, chosen, row_forms
from maillage.grants.phrases import sheet as phrases
from maillage.grants.queries.sheet import Row, Sheet, calls_to_decide, decided_of, sheet_of
from maillage.grants.rules import may_decide
from ui.print import ods

TITLE, ICON, PER_PAGE = "Subventions", "form", 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def crumbs() -> list[tuple[str, str]]:
    return [(TITLE, reverse("grants_office:calls"))]


@require_GET
@behind(may_decide)
def calls(request: OfficeRequest) -> HttpResponse:
    """Calls with something to decide."""
    lines = calls_to_decide(by=request.user, on=today())
    page = Paginator(lines, 20).get_page(request.GET.get("page"))
    return show(request, "grants/backoffice/calls.html", title=TITLE, icon=ICON, page=page)


def _found(pk: int) -> Call:
    return find(Call.objects.select_related("scheme__authority"), pk)


@behind(may_decide)
def sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    """The sheet; posted, it prepares what was typed on its page."""
    found = sheet_of(_found(pk), by=request.user, on=today())
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    if request.method != "POST":
        return _sheet(request, found, page, row_forms(None, page.object_list, found.call))
    forms = row_forms(request.POST, page.object_list, found.call)
    valid = [form.is_valid() for form in forms]  # each of them, so that each says its faults
    if not all(valid):
        return _sheet(request, found, page, forms, status=422)
    proposals = [(form.row.application, form.proposed) for form in forms if form.is_typed]
    done, refused = actions.prepare_many(proposals=proposals, by=request.user, at=timezone.now())
    for form in forms:
        if (refusal := refused.get(form.row.application.pk)) is not None:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.phrase)
    if refused:
        return _sheet(request, sheet_of(found.call, by=request.user, on=today()), page, forms, status=422)
    messages.success(request, f"Décisions préparées\u00a0: {len(done)}. Une autre personne les confirme.")
    return redirect(request.get_full_path())


def _sheet(request: OfficeRequest, found: Sheet, page: Any, forms: list[RowForm], *, status: int = 200) -> HttpResponse:
    named = {form.row.application.pk: form for form in forms}
    before = next((row.together - _counted(row) for row in page), Decimal(0))
    return show(
        request, "grants/backoffice/sheet.html", title=phrases.TITLE, icon=ICON, crumbs=crumbs(), status=status,
        sheet=found, page=page, rows=[(row, named.get(row.application.pk)) for row in page],
        has_errors=any(form.errors for form in forms), over=phrases.OVER,
        base_cents=int(before * 100), most_cents=int(found.line.amount * 100) if found.line else 0,
    )  # fmt: skip


def _counted(row: Row) -> Decimal:
    """What this row adds to the running total."""
    return row.proposed if row.proposed is not None and not row.is_confirmed else Decimal(0)


@behind(may_decide)
def confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """The second person reads what was prepared, writes the deliberation and confirms what they tick."""
    found = sheet_of(_found(pk), by=request.user, on=today())
    form = DeliberationForm(request.POST or None, initial={"body": found.call.scheme.deciding_body})
    refused: dict[int, actions.GrantRefused] = {}
    status = 200
    if request.method == "POST":
        status = 422
        picked = chosen(request.POST, found.prepared)
        if form.is_valid() and picked:
            done, refused = actions.confirm_many(
                decisions=picked, deliberation=form.deliberation, by=request.user, at=timezone.now()
            )
            if done:
                messages.success(request, f"Décisions confirmées\u00a0: {len(done)}. Les lettres partent.")
            if not refused:
                return redirect("grants_office:sheet", pk)
            found = sheet_of(found.call, by=request.user, on=today())
        elif not picked:
            form.add_error(None, "Cochez au moins une décision.")
    waiting = [(row, refused.get(row.application.pk)) for row in found.rows if row.decision and not row.is_confirmed]
    return show(
        request, "grants/backoffice/confirm.html", title="Confirmer", icon=ICON, status=status, form=form,
        crumbs=[*crumbs(), (found.call.title, reverse("grants_office:sheet", args=[pk]))], sheet=found,
        rows=waiting,
    )  # fmt: skip


@require_GET
@behind(may_decide)
def export(request: OfficeRequest, pk: int, form: str) -> HttpResponse:
    """The sheet to take to the council: xlsx, ods or pdf."""
    found = sheet_of(_found(pk), by=request.user, on=today())
    name = f"fiche-de-deliberation-{found.call.slug}"
    if form == "xlsx":
        return attached(paper.sheet_xlsx(found), f"{name}.xlsx", XLSX)
    if form == "ods":
        return attached(paper.sheet_ods(found, today()), f"{name}.ods", ods.MEDIA_TYPE)
    if form == "pdf":
        return attached(paper.sheet_pdf(found, today()), f"{name}.pdf", "application/pdf")
    raise Http404


@require_GET
@behind(may_decide)
def letters(request: OfficeRequest, pk: int, form: str) -> HttpResponse:
    """Every letter of a call: one PDF to print, or an archive with a text for each."""
    call = _found(pk)
    found = [
        (str(one.application.number), paper.letter_of(one, today()))
        for one in decided_of(call, by=request.user, on=today())
    ]
    if form == "pdf" and found:
        content = paper.letters_pdf([letter for _, letter in found], f"Lettres, {call.title}", today())
        return attached(content, f"lettres-{call.slug}.pdf", "application/pdf")
    if form == "zip" and found:
        return attached(paper.letters_zip(found, today()), f"lettres-{call.slug}.zip", "application/zip")
    raise Http404


def attached(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )  # fmt: skip
