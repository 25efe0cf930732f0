"""One's own page, and the way in of the demo."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from maillage.accounts.queries import demo_people
from maillage.kernel import registry


@require_GET
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Everything that is mine, room by room."""
    return render(request, "accounts/home.html", {"panels": registry.panels(request.user)})


@require_GET
@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    """Who one may be on a demo, and the codes of the moment; there is no such page elsewhere."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/demo.html", {"people": demo_people()})
