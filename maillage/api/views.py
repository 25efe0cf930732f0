"""The description of the API, for machines and for people, and what stands at no address."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.api.description import schema
from maillage.api.endpoints import open_to_sites
from maillage.api.problems import problem
from maillage.kernel.page_cache import cache_public


@require_safe
@cache_public
def openapi(request: HttpRequest) -> HttpResponse:
    """`/api/v1/openapi.json`"""
    described = schema(site=settings.SITE_URL, prefix=_root())
    response: HttpResponse = open_to_sites(JsonResponse(described, json_dumps_params={"ensure_ascii": False}))
    return response


@require_safe
@cache_public
def docs(request: HttpRequest) -> HttpResponse:
    """`/api/v1/` and `/api/v1/docs`: the same description as a page, without a script."""
    described = schema(site=settings.SITE_URL, prefix=_root())
    context = {
        "api": described,
        "about": _plain(described["info"]["description"]),
        "operations": [_operation(path, found["get"], described) for path, found in described["paths"].items()],
        "openapi_url": reverse("api:openapi"),
        "canonical_url": f"{settings.SITE_URL}{reverse('api:docs')}",
    }
    return render(request, "api/docs.html", context)


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address under the API."""
    return problem(404, "Cette adresse n’existe pas dans l’API. La liste est sur /api/v1/docs.")


def _root() -> str:
    return reverse("api:openapi").removesuffix("openapi.json")


def _operation(path: str, operation: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    """One operation as the page shows it."""
    answer = next(iter(operation["responses"]["200"]["content"].items()))
    fields = _fields(answer[1]["schema"], described["components"]["schemas"])
    return {
        "id": operation["operationId"],
        "path": path,
        "try_url": path.replace("{slug}", "") if "{" not in path else "",
        "summary": operation["summary"],
        "description": _plain(operation.get("description", "")),
        "parameters": [
            {
                "name": one["name"],
                "description": _plain(one["schema"].get("description") or "Identifiant de la fiche dans l’annuaire."),
                "is_required": one.get("required", False),
                "is_list": one["schema"].get("type") == "array",
            }
            for one in operation.get("parameters", [])
        ],
        "kind": answer[0],
        "fields": fields,
        "example": json.dumps(answer[1]["example"], ensure_ascii=False, indent=2),
        "errors": [
            {"status": status, "title": one["description"]}
            for status, one in operation["responses"].items()
            if status != "200"
        ],
    }


def _fields(shape: dict[str, Any], shapes: dict[str, Any]) -> list[dict[str, str]]:
    """The described fields of an answer, those of its items too."""
    name = str(shape.get("$ref") or shape.get("items", {}).get("$ref") or "").rpartition("/")[2]
    found: list[dict[str, str]] = []
    for field, facts in shapes.get(name, {}).get("properties", {}).items():
        if facts.get("description"):
            found.append({"name": field, "description": _plain(facts["description"])})
        if facts.get("items", {}).get("$ref"):
            found += _fields(facts, shapes)
    return found


def _plain(text: str) -> str:
    """Markdown as people read it: no back quotes, lines joined within a paragraph."""
    return "\n\n".join(" ".join(part.split()) for part in text.replace("`", "").split("\n\n"))
