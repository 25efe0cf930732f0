"""Find an organisation or a person; read what was written about them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from maillage.accounts.backoffice.screens import behind, show
from maillage.accounts.backoffice.screens import find as find_row
from maillage.accounts.models import User
from maillage.accounts.queries import people, roles_in_words, running_roles_in_words
from maillage.accounts.rules import may_enter_back_office
from maillage.directory.models import Organisation
from maillage.logbook import queries, queries_find
from maillage.logbook.actions import About

PAGE_SIZE = 30


@require_GET
@behind(may_enter_back_office)
def find_page(request: HttpRequest) -> HttpResponse:
    """`/gestion/chercher/?q=`."""
    return choose(request, "Chercher", "", "Un nom, un téléphone ou une adresse")


def choose(request: HttpRequest, title: str, onward: str, question: str) -> HttpResponse:
    """The search; each result leads to its screen, or to `onward` with its number."""
    words = request.GET.get("q", "")
    found, today = queries_find.find(words), timezone.localdate()
    return show(
        request,
        "logbook/backoffice/find.html",
        title=title,
        icon="search",
        words=words,
        question=question,
        onward=onward,
        found=found,
        people=[(one, running_roles_in_words(one, on=today)) for one in found.people],
        kept=[(name, request.GET[name]) for name in ("tache",) if name in request.GET],
    )


@require_GET
@behind(may_enter_back_office)
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything written about an organisation."""
    found = find_row(Organisation.objects.not_merged(), pk)
    return _followed(request, found, [("Structures", reverse("directory_office:sheets"))])


@require_GET
@behind(may_enter_back_office)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person as agents see them: what they are, what was said, what remains to do."""
    found = find_row(people(), pk)
    return _followed(
        request,
        found,
        [("Chercher", reverse("logbook_office:find"))],
        roles=roles_in_words(found, on=timezone.localdate()),
        memberships=queries.organisations_of(found),
    )


def _followed(request: HttpRequest, about: About, crumbs: list[tuple[str, str]], **more: Any) -> HttpResponse:
    page = Paginator(queries.entries_about(about), PAGE_SIZE).get_page(request.GET.get("page"))
    return show(
        request,
        "logbook/backoffice/followed.html",
        title=str(about),
        icon="user" if isinstance(about, User) else "home",
        crumbs=crumbs,
        page=page,
        panel=queries.followed(about),
        **more,
    )
