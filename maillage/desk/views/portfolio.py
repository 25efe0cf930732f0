"""`/projets/`: what everybody reads of projects whose holders agreed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.desk import queries
from maillage.desk.forms.portfolio import PortfolioForm

PER_PAGE = 12


@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Filtered by the address."""
    asked = queries.PortfolioAsked.read(request.GET)
    page = Paginator(queries.portfolio(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked, "page": page, "rows": queries.portfolio_rows(page), "filters": PortfolioForm(request.GET),
    }  # fmt: skip
    return render(request, "desk/portfolio.html", context)
