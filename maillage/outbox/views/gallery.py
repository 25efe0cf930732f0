"""Every kind of letter that a room declared, as a reader would get it, in HTML and in plain text."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.kernel.registry import letter_kinds
from maillage.outbox import writing
from maillage.outbox.rendering import Rendered
from maillage.outbox.views.frames import frame, framed, sheet


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    kinds = [(kind, writing.sample(kind.sample())) for kind in letter_kinds().values()]
    return render(request, "outbox/gallery.html", {"kinds": kinds})


@framed
def sample(request: HttpRequest, key: str) -> HttpResponse:
    return frame(_sample(key).html, reverse("outbox:sample_css", args=[key]))


@require_safe
def sample_css(request: HttpRequest, key: str) -> HttpResponse:
    return sheet(_sample(key).html)


def _sample(key: str) -> Rendered:
    kind = letter_kinds().get(key)
    if kind is None:
        raise Http404
    return writing.sample(kind.sample())
