"""The feed: everything that came in and happened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from maillage.accounts.backoffice.screens import behind, show
from maillage.accounts.rules import may_enter_back_office
from maillage.directory.models import Organisation
from maillage.kernel.registry import FEED_THEMES
from maillage.logbook import queries, queries_feed
from maillage.logbook.forms import FeedFilters

SEEN = "feed_seen"


@require_GET
@behind(may_enter_back_office)
def feed_page(request: HttpRequest) -> HttpResponse:
    """`/gestion/fil/`: filters and the page are in the address; what is new since one's last visit is marked."""
    filters = FeedFilters(request.GET, desk=queries.colleagues_of_the_desk(timezone.localdate()))
    wanted = filters.wanted()
    organisation = _organisation(request)
    if organisation is not None:
        wanted["organisation"] = organisation.pk
    before = _number(request.GET.get("avant", ""))
    page = queries_feed.feed(wanted, before=before)
    seen = request.session.get(SEEN, 0)
    if before is None and not wanted:
        request.session[SEEN] = queries_feed.latest()
    return show(
        request,
        "logbook/backoffice/feed.html",
        title="Fil",
        icon="history",
        filters=filters,
        organisation=organisation,
        page=page,
        themes=FEED_THEMES,
        seen=seen,
        is_filtered=bool(wanted),
        query=_query(request),
    )


def _organisation(request: HttpRequest) -> Organisation | None:
    pk = _number(request.GET.get("structure", ""))
    return None if pk is None else Organisation.objects.filter(pk=pk).first()


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None


def _query(request: HttpRequest) -> str:
    """The filters of this page, for the link to the next."""
    asked = request.GET.copy()
    asked.pop("avant", None)
    return asked.urlencode()
