"""The OpenAPI 3.1 description: what ninja writes, with an example for each operation.

Neighbours: served as JSON for machines, drawn as a page for people.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from maillage.api.endpoints import GEOJSON, api
from maillage.api.problems import TITLES, TYPE
from maillage.api.schemas import example_organisation
from maillage.directory.exports.geojson import feature

DETAILS = {
    404: "Aucune structure publiée n’a cet identifiant.",
    422: "Valeur refusée pour : limit. « limit » va de 1 à 100. Voyez /api/v1/docs.",
    429: "Vous avez dépassé le nombre de demandes par minute. Réessayez dans 12 secondes.",
    503: "L’annuaire se prépare. Réessayez dans une minute.",
}


@cache
def schema(*, site: str, prefix: str) -> dict[str, Any]:
    """The whole description. site: without final slash; prefix: path of the API, with its slashes.

    Made once per process out of the code alone; readers must not change it.
    """
    # Through JSON: what machines read, with text keys only, and a copy that may be changed.
    described: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=prefix)))
    described["servers"] = [{"url": site}]
    samples = _samples(site)
    for operations in described["paths"].values():
        for operation in operations.values():
            _illustrate(operation, samples[operation["operationId"]])
    return described


def _illustrate(operation: dict[str, Any], sample: Any) -> None:
    for status, answer in operation["responses"].items():
        code = int(status)
        answer["description"] = "Réponse" if code == 200 else TITLES[code]
        content = answer["content"].pop("application/json")
        if code == 200:
            kind = GEOJSON if operation["operationId"].endswith("geojson") else "application/json"
            answer["content"][kind] = {**content, "example": sample}
        else:
            body = {"type": "about:blank", "title": TITLES[code], "status": code, "detail": DETAILS[code]}
            answer["content"][TYPE] = {**content, "example": body}
        if code in (429, 503):
            answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Secondes à attendre."}}


def _samples(site: str) -> dict[str, Any]:
    one = example_organisation(site)
    return {
        "organisations": {
            "total": 1,
            "organisations": [one],
            "curseur_suivant": None,
            "suivant": None,
            "avertissements": [],
        },
        "organisations_geojson": {"type": "FeatureCollection", "total": 1, "features": [feature(one)]},
        "organisation": one,
        "facettes": {
            "total": 1,
            "ouvert_maintenant": 0,
            "facettes": {"famille": [{"valeur": "association", "libelle": "Association", "nombre": 1}]},
            "avertissements": [],
        },
        "territoires": [
            {
                "siren": "200078244", "nom": "PETR Cœur des Hauts-de-France",
                "nature": "Pôle d’équilibre territorial et rural",
                "epci": [
                    {"siren": "200037059", "nom": "CC de la Haute Somme", "nature": "CC", "communes": 60}
                ],
                "communes": [
                    {
                        "code": "80620", "nom": "Péronne", "codes_postaux": ["80200"], "siren_epci": "200037059",
                        "latitude": 49.93, "longitude": 2.94, "population": 7241, "annee_population": 2023,
                    }
                ],
            }
        ],
    }  # fmt: skip
