"""What other sites may take: a list of sheets in a frame of theirs, and the feed of new ones."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from maillage.directory.forms import ask
from maillage.directory.models import Organisation
from maillage.directory.queries.listing import list_rows
from maillage.kernel.page_cache import cache_public
from maillage.search import queries as search
from maillage.territories.models import Commune, Epci
from maillage.territories.queries import home_territory

SHOWN = 10
LATEST = 30
HEIGHTS = (400, 600, 800)
# What the configurator offers; the frame itself takes every parameter of the directory.
CHOICES = ("q", "commune", "cc")


def chosen(request: HttpRequest) -> dict[str, str]:
    """The parameters that were given, and only those that the configurator offers."""
    return {name: request.GET[name].strip() for name in CHOICES if request.GET.get(name, "").strip()}


@require_safe
@cache_public
def configurator(request: HttpRequest) -> HttpResponse:
    """Choose what the frame shows; the page gives the lines to copy, and shows the frame. Works without a script."""
    asked = chosen(request)
    height = request.GET.get("hauteur", "")
    address = reverse("portal:embedded") + (f"?{urlencode(asked)}" if asked else "")
    home = home_territory()
    return render(
        request,
        "portal/embed.html",
        {
            "asked": {name: asked.get(name, "") for name in CHOICES},
            "address": address,
            "absolute": f"{settings.SITE_URL}{address}",
            "height": int(height) if height in map(str, HEIGHTS) else HEIGHTS[1],
            "heights": HEIGHTS,
            "communes": Commune.objects.filter(epci__territories=home).order_by("name") if home else [],
            "epcis": Epci.objects.filter(territories=home).order_by("position") if home else [],
        },
    )


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embedded(request: HttpRequest) -> HttpResponse:
    """The first sheets of a question, for another site's frame: no script, no cookie, links open in a new page."""
    at = timezone.now()
    question, words = ask(request.GET)
    answer = search.search(question.to_page(1).to_query(at, page_size=SHOWN))
    path = reverse("directory:list")
    query = question.to_page(1).address()
    context: dict[str, Any] = {
        "rows": list_rows(answer.rows, words, at),
        "total": answer.total,
        "everything": f"{settings.SITE_URL}{path}{f'?{query}' if query else ''}",
    }
    return render(request, "portal/embedded.html", context)


class LatestSheets(Feed):  # type: ignore[type-arg]
    """`/actus.rss`: the sheets published last; invented ones are left out."""

    feed_type = Rss201rev2Feed
    description_template = None

    def title(self) -> str:
        home = home_territory()
        return f"Les nouvelles fiches de l’annuaire{f' – {home.name}' if home else ''}"

    def link(self) -> str:
        return reverse("directory:list")

    def description(self) -> str:
        return "Associations, coopératives, mutuelles, fondations et entreprises solidaires du territoire."

    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.published().filter(is_example=False).order_by("-created_at", "-pk")[:LATEST]

    def item_title(self, item: Organisation) -> str:
        return item.name

    def item_description(self, item: Organisation) -> str:
        return item.description or item.activities or item.get_family_display()

    def item_link(self, item: Organisation) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Organisation) -> Any:
        return item.created_at
