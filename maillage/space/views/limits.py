"""How often one origin (an address, or a /64 of IPv6) may write to us without an account; how heavy a form may be."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from maillage.kernel.uploads.pictures import LARGEST_BYTES
from maillage.space import phrases

SUGGESTIONS = "10/m/ip,40/h/ip"
# Two posts a proposal: what is missing, then « Non, elle manque ».
MISSING = "10/m/ip,60/h/ip"
MESSAGES_TO_ONE = "20/h/key"
# What a form weighs beside its picture.
LARGEST_REQUEST = LARGEST_BYTES + 100_000


def takes_a_picture(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose form sends one: too heavy a request is answered without reading it."""
    protected = csrf_protect(view)

    @csrf_exempt  # the length is looked at before a byte is read; the token is asked just after
    @wraps(view)
    def weighed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
            return render(request, "ui/error.html", {"code": 413, **phrases.TOO_HEAVY}, status=413)
        return protected(request, *args, **kwargs)

    return weighed
