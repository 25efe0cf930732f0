"""The operations of the open API, version 1: reading only, for everyone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import HttpError
from ninja.renderers import JSONRenderer

from maillage.api import problems, queries
from maillage.api.limits import PER_MINUTE, PerAddress
from maillage.api.schemas import (
    FacetsOut,
    Filters,
    OrganisationOut,
    OrganisationsOut,
    Page,
    Problem,
    TerritoryOut,
)
from maillage.directory.exports import geojson
from maillage.directory.forms import ask

GEOJSON = "application/geo+json"
SECONDS = 60
ERRORS: dict[int, Any] = {422: Problem, 429: Problem, 503: Problem}
DESCRIPTION = f"""Les données publiques de l’annuaire, en lecture, sans clé ni inscription.

Licence Ouverte 2.0 : vous pouvez tout réutiliser en citant la source et sa date. Aucune donnée personnelle :
ni téléphone, ni adresse électronique. Au plus {PER_MINUTE} demandes par minute et par adresse ;
au-delà, la réponse est 429 et `Retry-After` dit combien de secondes attendre."""


class OpenApi(NinjaAPI):
    """Answers may be read by any site, and kept a minute."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = open_to_sites(super().create_response(request, *args, **kwargs))
        return response


def open_to_sites(response: Any) -> Any:
    """Let pages of any other site read this answer (CORS)."""
    response["Access-Control-Allow-Origin"] = "*"
    if response.status_code == 200:
        response["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


class _Readable(JSONRenderer):
    """Accents as they are: shorter, and legible."""

    json_dumps_params: dict[str, Any] = {"ensure_ascii": False}


api = OpenApi(
    title="Maillage : l’annuaire ouvert",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="v1",
    throttle=PerAddress(),
    renderer=_Readable(),
    openapi_extra={
        "info": {
            "license": {
                "name": "Licence Ouverte 2.0",
                "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            }
        }
    },
)
problems.install(api)


@api.get(
    "/organisations",
    response={200: OrganisationsOut, **ERRORS},
    summary="Lister les structures",
    operation_id="organisations",
    tags=["Structures"],
)
def organisations(request: HttpRequest, filters: Query[Filters], page: Query[Page]) -> Any:
    """Les structures publiées qui répondent aux filtres, par pages. L’ordre est celui des identifiants internes :
    rien n’est sauté ni répété, même si des fiches changent pendant votre lecture."""
    question, _ = ask(request.GET)
    try:
        found = queries.organisation_page(question.to_page(1), at=timezone.now(), limit=page.limit, cursor=page.cursor)
    except queries.BadCursor as error:
        raise HttpError(422, "« cursor » vient d’une autre source : reprenez sans lui, depuis le début.") from error
    following = None
    if found.next_cursor:
        pairs = [*question.to_page(1).pairs(), ("limit", str(page.limit)), ("cursor", found.next_cursor)]
        following = f"{settings.SITE_URL}{request.path}?{urlencode(pairs)}"
    return {
        "total": found.total,
        "organisations": found.records,
        "curseur_suivant": found.next_cursor,
        "suivant": following,
        "avertissements": list(question.notices),
    }


@api.get(
    "/organisations.geojson",
    response={200: dict[str, Any], **ERRORS},
    summary="Lister les structures en GeoJSON",
    operation_id="organisations_geojson",
    tags=["Structures"],
)
@api.get("/structures.geojson", include_in_schema=False)
def organisations_geojson(request: HttpRequest, filters: Query[Filters]) -> Any:
    """Toutes les structures qui répondent aux filtres, une par objet, jusqu’à 50 000. Le nombre d’objets est celui de
    la liste : une structure dont le lieu n’est pas connu a une géométrie vide."""
    question, _ = ask(request.GET)
    total, found = queries.all_records(question, at=timezone.now())
    return open_to_sites(StreamingHttpResponse(geojson.collection(found, total=total), content_type=GEOJSON))


@api.get(
    "/organisations/{slug}",
    response={200: OrganisationOut, 404: Problem, 429: Problem},
    summary="Lire une structure",
    operation_id="organisation",
    tags=["Structures"],
)
def organisation(request: HttpRequest, slug: str) -> Any:
    """Une structure publiée, par son identifiant."""
    found = queries.one_record(slug)
    if found is None:
        raise Http404
    return found


@api.get(
    "/facettes",
    response={200: FacetsOut, **ERRORS},
    summary="Compter par filtre",
    operation_id="facettes",
    tags=["Structures"],
)
@api.get("/facets", include_in_schema=False)
def facets(request: HttpRequest, filters: Query[Filters]) -> Any:
    """Pour chaque filtre, les valeurs possibles, leur libellé et leur nombre exact, les autres filtres étant
    appliqués."""
    question, words = ask(request.GET)
    return queries.facets(question, words, at=timezone.now())


@api.get(
    "/territoires",
    response={200: list[TerritoryOut], 429: Problem},
    summary="Lire les territoires",
    operation_id="territoires",
    tags=["Territoires"],
)
def territories(request: HttpRequest) -> Any:
    """Les territoires de ce site, leurs communautés de communes et leurs communes, avec codes et centres."""
    return queries.territories()
