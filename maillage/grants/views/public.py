"""What everybody reads: the grants of the territory, and the file of open data."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.grants.facts import beneficiary, is_natural
from maillage.grants.forms.public import GrantFilters
from maillage.grants.models import Decision
from maillage.grants.queries import published as queries
from maillage.grants.queries import sums
from maillage.grants.queries.drawing import picture
from maillage.grants.queries.scdl import scdl_lines
from maillage.kernel.page_cache import cache_public
from ui import french
from ui.tables import Column, cells

PER_PAGE = 20
COMMUNES = (Column("Commune"), Column("Aides", numeric=True), Column("Montant", numeric=True))


@require_safe
@cache_public
def grants(request: HttpRequest) -> HttpResponse:
    """`/subventions/`: filtered by the address."""
    filters = GrantFilters(request.GET, offered=queries.choices())
    rows = queries.found(filters.asked)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    helped = queries.by_commune(rows)
    address = partial(_address, request.GET, "commune")
    places = [((one.name, address(one.code)), french.number(one.number), french.euros(one.euros)) for one in helped]
    years, themes = sums.by_year(rows), sums.by_theme(rows)
    context = {
        "filters": filters, "asked": filters.asked, "page": page, "total": queries.total(rows),
        "named": [(one, _name(one), _sheet(one)) for one in page], "address": request.GET.urlencode(),
        "columns": COMMUNES, "places": cells(COMMUNES, places),
        "picture": picture(helped, address, filters.asked.commune), "years": years, "themes": themes,
        "everywhere": _address(request.GET, "commune", ""), "every_structure": _address(request.GET, "structure", ""),
    }  # fmt: skip
    return render(request, "grants/grants.html", context)


def _name(one: Decision) -> str:
    application = one.application
    return beneficiary(application.legal_name or application.organisation.name, application.organisation.legal_form)


def _sheet(one: Decision) -> str:
    """The public sheet of whom it is given to, "" without one and for a natural person."""
    given = one.application.organisation
    return given.get_absolute_url() if given.is_public and not is_natural(given.legal_form) else ""


def _address(said: QueryDict, name: str, key: str) -> str:
    """The same filters, this one changed; "" takes it away."""
    kept = {one: said[one] for one in GrantFilters.base_fields if one != name and said.get(one)}
    return f"?{urlencode(kept | ({name: key} if key else {}))}"


@require_safe
def grants_csv(request: HttpRequest) -> HttpResponseBase:
    """`/subventions.csv`: the same list, whole, in the fields of SCDL."""
    filters = GrantFilters(request.GET, offered=queries.choices())
    answer = StreamingHttpResponse(scdl_lines(filters.asked), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="subventions-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer
