"""The gallery, and the designed error pages that config/urls.py names as handlers."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ui import gallery as shown
from ui import samples


@dataclass(frozen=True)
class Mishap:
    """What happened, what was kept, what to do: the French words of one error page."""

    title: str
    message: str
    kept: str = ""
    todo: str = ""


MISHAPS = {
    400: Mishap(
        "Cette demande n’est pas lisible",
        "L’adresse ou le formulaire contient quelque chose que nous ne comprenons pas.",
        todo="Vérifiez le lien que vous avez suivi, ou repartez de l’accueil.",
    ),
    403: Mishap(
        "Cette page ne vous est pas ouverte",
        "Elle demande un droit que vous n’avez pas, ou votre session est terminée.",
        kept="Rien n’a été modifié.",
        todo="Si vous étiez en train d’écrire, revenez en arrière, rechargez la page, puis recommencez.",
    ),
    404: Mishap(
        "Cette page n’existe pas, ou n’existe plus",
        "L’adresse a peut-être changé, ou il y manque une lettre.",
        todo="Cherchez dans l’annuaire, ou repartez de l’accueil.",
    ),
    429: Mishap(
        "Trop de demandes en peu de temps",
        "Pour que le site reste rapide pour tout le monde, nous limitons le nombre de demandes.",
        kept="Rien n’est perdu.",
        todo="Attendez une minute, puis recommencez.",
    ),
    500: Mishap(
        "Quelque chose s’est cassé de notre côté",
        "Ce n’est pas votre faute. L’erreur est enregistrée, et nous allons la regarder.",
        kept="Ce qui était déjà enregistré l’est toujours. Votre dernier envoi ne l’est peut-être pas.",
        todo="Revenez en arrière pour retrouver votre texte, et réessayez dans un moment.",
    ),
    503: Mishap(
        "Le site fait une courte pause",
        "Une mise à jour ou une panne est en cours. Il revient dans quelques minutes.",
        kept="Rien n’est perdu.",
        todo="Rechargez la page dans un moment.",
    ),
}


def error_page(request: HttpRequest | None, code: int, *, todo: str = "", message: str = "") -> HttpResponse:
    """The designed page of an error; without a request it needs neither database nor context processor.

    `message` and `todo` replace the usual words: a refusal says its own reason.
    """
    words = MISHAPS[code]
    context = {
        "code": code,
        "title": words.title,
        "message": message or words.message,
        "kept": words.kept,
        "todo": todo or words.todo,
    }
    return HttpResponse(render_to_string("ui/error.html", context, request), status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400."""
    return error_page(None, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403; the reason given to PermissionDenied is told to the person."""
    return error_page(request, 403, message=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: asks nothing of the database, which may be what broke."""
    return error_page(None, 500)


def unavailable(retry_after: int = 60) -> HttpResponse:
    """503 with Retry-After (seconds), for a database or a service that does not answer."""
    response = error_page(None, 503)
    response["Retry-After"] = str(retry_after)
    return response


def too_many_requests(request: HttpRequest, retry_after: int = 60) -> HttpResponse:
    """429 with Retry-After (seconds)."""
    response = error_page(None, 429)
    response["Retry-After"] = str(retry_after)
    return response


@login_not_required
def gallery(request: HttpRequest, theme: str = "") -> HttpResponse:
    """Every component in every state; /composants/clair/ and /composants/sombre/ force a theme."""
    themes = {"": "", "clair": "light", "sombre": "dark"}
    if theme not in themes:
        raise Http404
    context = {"groups": shown.groups(), "forced_theme": themes[theme], **samples.context()}
    return render(request, "ui/gallery.html", context)


@login_not_required
def error_sample(request: HttpRequest, code: int) -> HttpResponse:
    """One error page as the visitor would see it, answered as 200 so that it can be looked at."""
    if code not in MISHAPS:
        raise Http404
    response = error_page(None, code)
    response.status_code = 200
    return response
