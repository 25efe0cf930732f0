from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from maillage.kernel.page_cache import cache_public
from maillage.portal.queries import sitemap as queries

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@cache_public
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """One file while it fits, else the index of its parts."""
    sizes = queries.sizes()
    if sum(size for _, size in sizes) <= queries.PER_FILE:
        return _urlset(queries.all_entries())
    parts = [(name, part) for name, size in sizes for part in range(1, ceil(size / queries.PER_FILE) + 1)]
    lines = "".join(
        f"<sitemap><loc>{settings.SITE_URL}{reverse('portal:sitemap_part', args=[name, part])}</loc></sitemap>"
        for name, part in parts
    )
    return _xml(f'<sitemapindex xmlns="{NAMESPACE}">{lines}</sitemapindex>')


@cache_public
def sitemap_part(request: HttpRequest, name: str, part: int) -> HttpResponse:
    """One part of a long site map."""
    found = list(queries.entries(name, part)) if 0 < part < 1000 else []
    if not found:
        raise Http404
    return _urlset(found)


def _urlset(entries: Iterable[tuple[str, str]]) -> HttpResponse:
    lines = "".join(
        f"<url><loc>{escape(settings.SITE_URL + path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in entries
    )
    return _xml(f'<urlset xmlns="{NAMESPACE}">{lines}</urlset>')


def _xml(body: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>{body}', content_type="application/xml; charset=utf-8")
