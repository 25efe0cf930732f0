"""The register of aids de minimis: what is to be declared, the file; and the refusals, by ground and criterion."""

from __future__ import annotations

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from maillage.accounts.backoffice.acting import pressed
from maillage.accounts.backoffice.screens import OfficeRequest, behind, find, show, today
from maillage.grants import actions, terms
from maillage.grants.backoffice.sheets import ICON, attached, crumbs
from maillage.grants.queries.refusals import refusals
from maillage.grants.queries.scdl import REGISTER, register_rows, to_register
from maillage.grants.rules import may_decide
from maillage.kernel.spreadsheets import csv_lines

PER_PAGE = 30


@require_GET
@behind(may_decide)
def register(request: OfficeRequest) -> HttpResponse:
    """Aids of ours that are to be told to the national register."""
    page = Paginator(to_register(request.user, today()), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "grants/backoffice/register.html", title="Aides de minimis", icon=ICON, crumbs=crumbs(), page=page,
        days=terms.number("register_days", today()),
    )  # fmt: skip


@require_POST
@behind(may_decide)
def registered(request: OfficeRequest, pk: int) -> HttpResponse:
    """This aid was declared."""
    aid = find(to_register(request.user, today()), pk)
    verb = partial(actions.note_registered, aid=aid, by=request.user, at=timezone.now())
    pressed(request, "C’est noté.", verb, actions.GrantRefused)
    return redirect("grants_office:register")


@require_GET
@behind(may_decide)
def register_csv(request: OfficeRequest) -> HttpResponse:
    """The whole register, ours and what applicants declared."""
    content = b"".join(csv_lines(REGISTER, register_rows(request.user, today())))
    return attached(content, f"de-minimis-{today():%Y-%m-%d}.csv", "text/csv; charset=utf-8")


@require_GET
@behind(may_decide)
def refused(request: OfficeRequest) -> HttpResponse:
    """Equal answers for equal cases: refusals by ground and by criterion, ?annee= narrows."""
    year = request.GET.get("annee", "")
    told = refusals(int(year) if year.isdecimal() and len(year) == 4 else None, by=request.user, on=today())
    return show(
        request, "grants/backoffice/refused.html", title="Refus par motif", icon=ICON, crumbs=crumbs(), told=told
    )  # fmt: skip
