from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.page_cache import cache_public
from maillage.portal.queries.about import about_page
from maillage.portal.queries.privacy import kept_data
from maillage.portal.queries.sitemap import site_plan
from maillage.territories.queries import home_territory

SECURITY_DAYS = 180


@cache_public
def about(request: HttpRequest) -> HttpResponse:
    """Where the data come from, and where they differ from the strategy's own."""
    return render(request, "portal/about.html", {"about": about_page(home_territory())})


@cache_public
def contact(request: HttpRequest) -> HttpResponse:
    """Who answers."""
    return render(request, "portal/contact.html")


@cache_public
def legal(request: HttpRequest) -> HttpResponse:
    """Who publishes the site."""
    return render(request, "portal/legal.html")


@cache_public
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site knows of people."""
    return render(request, "portal/privacy.html", {"kept": kept_data()})


@cache_public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked, and what was not."""
    return render(request, "portal/accessibility.html")


@cache_public
def sitemap_page(request: HttpRequest) -> HttpResponse:
    """Every page of the site, in words."""
    return render(request, "portal/sitemap.html", {"plan": site_plan(home_territory())})


@cache_public
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read: everything public."""
    lines = ["User-agent: *", "Disallow: /gestion/", "Disallow: /composants/", ""]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('portal:sitemap_xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116)."""
    email = settings.CONTACT["email"]
    contact_at = f"mailto:{email}" if email else f"{settings.SITE_URL}{reverse('portal:contact')}"
    expires = (timezone.now() + timedelta(days=SECURITY_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact_at}",
        f"Expires: {expires}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.SITE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
