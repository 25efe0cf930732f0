"""What every page knows: the territory it speaks for, its contact, the address of the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from maillage.territories.queries import home_territory


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; the territory is read once per process and edition, not per page."""
    return {
        "territory": home_territory(),
        "contact": settings.CONTACT,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
    }
