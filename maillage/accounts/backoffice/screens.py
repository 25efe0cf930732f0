"""The frame of our screens in the Wagtail admin: who may enter, title, path, safe numbers.

Words: a *crumb* is one step of the path shown above the page.
Neighbours: the back offices of all rooms build their views with these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import Decision, Person

Rule = Callable[..., Decision]
View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)
GREATEST_ID = 2**63 - 1


class OfficeRequest(HttpRequest):
    """A request whose person has passed a rule: the user is known, and typed."""

    user: User


def behind(rule: Rule) -> Callable[[View], View]:
    """Let a view be opened only by whom the rule allows today (Paris date); others read why not, with a 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            decision = rule(cast("Person", request.user), on=today())
            if not decision:
                page = show(request, "accounts/backoffice/refused.html", title="Accès réservé", decision=decision)
                page.status_code = 403
                return page
            return view(request, *args, **kwargs)

        guarded.rule = rule  # type: ignore[attr-defined]  # the table of rights reads it
        return guarded

    return decorate


def today() -> date:
    """The date in Paris."""
    return timezone.localdate()


def show(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    icon: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    """Answer with a page in Wagtail's frame. crumbs: (label, address) between the home and this page."""
    path = [("Accueil", reverse("wagtailadmin_home")), *crumbs, (title, "")]
    frame = {
        "breadcrumbs_items": [{"label": label, "url": url} for label, url in path],
        "header_title": title,
        "header_icon": icon,
    }
    return TemplateResponse(request, template, {**frame, **context}, status=status)


def find(rows: QuerySet[Row], pk: int) -> Row:
    """The row of this number, or a 404; numbers that no database takes are a 404 too."""
    row = rows.filter(pk=pk).first() if pk <= GREATEST_ID else None
    if row is None:
        raise Http404
    return row
