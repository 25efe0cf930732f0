"""What somebody typed is not lost when their session ended, or when the page stayed open too long.

Words: a *kept* form shows again what was sent, with a button that sends it to the same address. Neighbours: Django's
middleware finds that nobody is signed in, its protection of forms that a token is stale; both come here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

# Forms where people write; never those where one types a code or a password.
FORMS = ("/moi/structures/", "/moi/propositions/", "/annuaire/", "/referents/", "/gestion/instances/points/")
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
SHOWN = 40
SIGNED_OUT = "Votre connexion est finie\u00a0: rien n’a été enregistré, mais rien n’est perdu."
STALE = "Cette page était restée ouverte trop longtemps\u00a0: rien n’a été enregistré, mais rien n’est perdu."


def is_ours(request: HttpRequest) -> bool:
    """Does a page of this very site send the form? Another site's words are never shown as the person's own."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def may_keep(request: HttpRequest) -> bool:
    """A form of ours, where people write, that holds something."""
    return request.method == "POST" and request.path.startswith(FORMS) and is_ours(request) and bool(_sent(request))


def kept(request: HttpRequest, *, why: str, status: int, must_sign_in: bool) -> HttpResponse:
    """The page that shows what was sent and sends it again; a sentence and a fresh token for a script."""
    sent = _sent(request)
    context: dict[str, Any] = {
        "why": why,
        "must_sign_in": must_sign_in,
        "sent": sent,
        "texts": [value for name, value in sent if not name.startswith("initial-") and len(value) > SHOWN],
        "had_file": bool(request.FILES),
    }
    if request.headers.get("HX-Request"):
        return render(request, "accounts/_kept.html", context, status=401)
    return render(request, "accounts/kept.html", context, status=status)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in request.POST.lists() if name != TOKEN for value in values]


class SignInFirst(LoginRequiredMiddleware):
    """Django's, which sends to the sign-in page; a form that was being sent is kept."""

    def handle_no_permission(  # type: ignore[override]  # its stubs know of redirections only
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if may_keep(request):
            return kept(request, why=SIGNED_OUT, status=401, must_sign_in=True)
        return super().handle_no_permission(request, view_func)
