"""How often one origin (an address, or a /64 of IPv6) may write to us without an account."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.kernel.once import was_sent

MESSAGES = "5/m/ip,20/h/ip"
# Each message begins with a letter to the address that was typed, which may be somebody else's.
LETTERS_TO_ONE_ADDRESS = "5/d/key"


def is_too_fast(request: HttpRequest, action: str, rates: str, *, key: str | None = None) -> bool:
    """Count this request and say whether it is one too many; a form that did its work already counts no more."""
    if was_sent(request):
        return False
    return ratelimit.consume(request, app="maillage", action=action, config={action: rates}, key=key) is None


def too_fast(request: HttpRequest) -> HttpResponse:
    """429, with what to do."""
    context = {
        "code": 429,
        "title": "C’est un peu vite",
        "message": "Beaucoup de messages viennent d’arriver d’ici ou pour la même personne. Rien n’a été enregistré.",
        "todo": "Revenez en arrière\u00a0: ce que vous avez écrit y est encore. Attendez un moment, puis recommencez.",
    }
    return render(request, "ui/error.html", context, status=429)
