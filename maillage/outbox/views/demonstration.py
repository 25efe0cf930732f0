"""The mailbox of the demonstration: every letter that would have left, open to all, as long as nobody is real."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.outbox import queries
from maillage.outbox.views.frames import frame, framed, sheet
from ui import french
from ui.tables import Column, cells

PAGE_SIZE = 30
COLUMNS = [Column("Lettre"), Column("À"), Column("Le")]


def _in_demonstration(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.demonstration_is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return require_safe(never_cache(guarded))


@_in_demonstration
def mailbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.caught_letters(), PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [
        ((one.title, reverse("outbox:caught", args=[one.pk])), one.address, french.moment(one.caught_at, today=today))
        for one in page
    ]
    context = {"page": page, "columns": COLUMNS, "rows": cells(COLUMNS, rows)}
    return render(request, "outbox/demonstration.html", context)


@_in_demonstration
def caught(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "outbox/caught.html", {"letter": get_object_or_404(queries.caught_letters(), pk=pk)})


@framed
@_in_demonstration
def caught_html(request: HttpRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(queries.caught_letters(), pk=pk)
    return frame(letter.html, reverse("outbox:caught_css", args=[pk]))


@_in_demonstration
def caught_css(request: HttpRequest, pk: int) -> HttpResponse:
    return sheet(get_object_or_404(queries.caught_letters(), pk=pk).html)
