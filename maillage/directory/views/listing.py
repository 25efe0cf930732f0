"""The list: one page for people without script, the same page swapped in part for those with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.directory.forms import PAGE_SIZE, SearchForm, ask
from maillage.directory.queries.listing import list_rows
from maillage.kernel.page_cache import cache_public
from maillage.search import queries as search
from maillage.search.engine import MAX_ROWS


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """`/annuaire/`: what is found, its facets, and how to ask otherwise."""
    if request.headers.get("HX-Request") != "true":
        return _page(request)
    # Two different answers share an address here: neither the swap nor the page is kept under this header.
    context = _context(request)
    if request.headers.get("HX-History-Restore-Request") == "true":
        return render(request, "directory/list.html", context)
    response = render(request, "directory/_list_body.html", {**context, "is_swap": True})
    response["HX-Push-Url"] = context["form"].url(context["question"])
    return response


@cache_public
def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/list.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    at = timezone.now()
    question, words = ask(request.GET)
    answer = search.search(question.to_query(at))
    form = SearchForm(question, words, answer.facets, answer.open_count, reverse("directory:list"))
    pages = max(1, -(-min(answer.total, MAX_ROWS) // PAGE_SIZE))
    return {
        "question": question,
        "form": form,
        "answer": answer,
        "rows": list_rows(answer.rows, words, at),
        "pages": pages,
        "page_size": PAGE_SIZE,
        "is_beyond": question.page > pages,
        "first_page_url": form.url(question.to_page(1)),
        "address": question.to_page(1).address(),
        "canonical_url": f"{settings.SITE_URL}{form.url(question)}",
    }
