"""The plan as a workbook: take it, change it in a spreadsheet, give it back; what would change is shown first.

Between the trial and the import the workbook waits in the form itself, signed: nothing is kept on the server.
"""

from __future__ import annotations

import base64
import zlib
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from maillage.accounts.backoffice.screens import OfficeRequest, behind, show, today
from maillage.strategy import actions
from maillage.strategy.book.reading import Book, BookRefused, read_book
from maillage.strategy.book.writing import workbook_of
from maillage.strategy.forms.book import BookForm
from maillage.strategy.models import Strategy
from maillage.strategy.queries import home_strategy
from maillage.strategy.queries.people import who_may_be_named
from maillage.strategy.rules import may_steer
from ui import french

_SALT = "strategy.book"
GOOD_FOR_SECONDS = 3_600


@require_GET
@behind(may_steer)
def book(request: OfficeRequest) -> HttpResponse:
    """Take the workbook, or give it back."""
    return _page(request, BookForm())


@require_GET
@behind(may_steer)
def download(request: OfficeRequest) -> HttpResponse:
    """The plan of now as XLSX."""
    strategy = _strategy()
    name = f"plan-{strategy.slug}-{today().isoformat()}.xlsx"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    with workbook_of(strategy, timezone.now()) as written:
        disposition = f'attachment; filename="{name}"'
        return HttpResponse(written.read(), content_type=kind, headers={"Content-Disposition": disposition})


@require_POST
@behind(may_steer)
def preview(request: OfficeRequest) -> HttpResponse:
    """What would change, line by line; nothing is written."""
    strategy, form = _strategy(), BookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    content = form.cleaned_data["file"].read()
    try:
        report = actions.import_plan(
            strategy=strategy, book=_read(content), by=request.user, at=timezone.now(), is_dry_run=True
        )
    except BookRefused as refusal:
        return _page(request, form, problems=refusal.problems, status=422)
    sealed = signing.TimestampSigner(salt=_SALT).sign(base64.b85encode(zlib.compress(content)).decode())
    return _page(request, form, report=report, sealed=sealed)


@require_POST
@behind(may_steer)
def apply(request: OfficeRequest) -> HttpResponse:
    """Write what the trial showed."""
    strategy = _strategy()
    try:
        packed = signing.TimestampSigner(salt=_SALT).unsign(request.POST.get("sealed", ""), max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        messages.error(request, "Cet essai a plus d’une heure : donnez le classeur de nouveau. Rien n’a été écrit.")
        return redirect("strategy_office:book")
    try:
        content = zlib.decompress(base64.b85decode(packed))
        # Sent twice, the second finds nothing left to change.
        report = actions.import_plan(strategy=strategy, book=_read(content), by=request.user, at=timezone.now())
    except BookRefused as refusal:
        return _page(request, BookForm(), problems=refusal.problems, status=409)
    messages.success(request, f"Le plan est importé : {french.plural(len(report.lines), 'changement')}.")
    return redirect("strategy_office:measures")


def _strategy() -> Strategy:
    strategy = home_strategy()
    if strategy is None:
        raise Http404
    return strategy


def _read(content: bytes) -> Book:
    with NamedTemporaryFile(suffix=".xlsx") as target:
        target.write(content)
        target.flush()
        return read_book(Path(target.name), who_may_be_named(today()))


def _page(request: OfficeRequest, form: BookForm, *, status: int = 200, **facts: object) -> HttpResponse:
    return show(
        request, "strategy/backoffice/book.html", title="Le plan dans un classeur", icon="table", status=status,
        crumbs=[("Plan d’action", reverse("strategy_office:measures"))], form=form, **facts,
    )  # fmt: skip
