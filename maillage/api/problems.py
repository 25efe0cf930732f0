"""Errors of the API: problem+json (RFC 9457), in French, with what to do."""

from __future__ import annotations

import json
import math
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

TITLES = {
    400: "Demande illisible",
    404: "Introuvable",
    405: "Méthode non prévue",
    422: "Paramètre refusé",
    429: "Trop de demandes",
    500: "Erreur de notre côté",
    503: "Index en préparation",
}
TYPE = "application/problem+json"


class IndexMissing(Exception):
    """There is no index to answer from, yet."""


def problem(status: int, detail: str) -> HttpResponse:
    """One error as the API says it."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Erreur"), "status": status, "detail": detail}
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def install(api: NinjaAPI) -> None:
    """Make every error of this API a problem."""
    api.add_exception_handler(ValidationError, _refused)
    api.add_exception_handler(Throttled, _too_often)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(IndexMissing, _not_ready)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    names = sorted({str(one["loc"][-1]) for one in error.errors})
    limits = " « limit » va de 1 à 100." if "limit" in names else ""
    return problem(422, f"Valeur refusée pour : {', '.join(names)}.{limits} Voyez /api/v1/docs.")


def _too_often(request: HttpRequest, error: Any) -> HttpResponse:
    seconds = max(1, math.ceil(error.wait or 1))
    response = problem(429, f"Vous avez dépassé le nombre de demandes par minute. Réessayez dans {seconds} secondes.")
    response["Retry-After"] = str(seconds)
    return response


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, "Aucune structure publiée n’a cet identifiant.")


def _not_ready(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(503, "L’annuaire se prépare. Réessayez dans une minute.")
    response["Retry-After"] = "60"
    return response
