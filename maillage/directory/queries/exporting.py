"""The rows that leave the directory: the same for CSV, XLSX, GeoJSON and the API.

Words: a *record* is one organisation as a flat dictionary, French keys, lists where there may be several.
Limits: `MOST_ROWS` records; telephone and e-mail only when somebody agreed and the reader may show them.
Neighbours: `exports` writes them, the API serves them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from maillage.directory.confirmation import unconfirmed_since
from maillage.directory.enums import TermKind
from maillage.directory.models import Establishment, Organisation
from maillage.directory.phrases import PUBLIC_VOICES
from maillage.directory.queries.documents import point_of
from maillage.kernel.models import Source
from maillage.search import queries as search
from maillage.search.engine import Query

MOST_ROWS = 50_000
BATCH = 500

Record = dict[str, Any]

# Column → what it holds; the order is that of the files. Documented in docs/reference/api.md.
COLUMNS: dict[str, str] = {
    "identifiant": "adresse de la fiche dans l’annuaire, stable",
    "nom": "nom d’usage",
    "sigle": "sigle",
    "famille": "famille de l’ESS",
    "secteurs": "secteurs d’activité",
    "themes": "thèmes de la stratégie",
    "publics": "publics accueillis",
    "presentation": "présentation en quelques phrases",
    "activites": "ce que la structure fait",
    "services": "services rendus",
    "qualifications": "agréments et labels, avec leurs dates",
    "adresse": "adresse du lieu principal",
    "code_postal": "code postal",
    "commune": "commune du lieu principal",
    "code_insee": "code INSEE de la commune",
    "epci": "communauté de communes",
    "siren_epci": "SIREN de la communauté de communes",
    "latitude": "degrés WGS 84 ; à défaut d’adresse, centre de la commune",
    "longitude": "degrés WGS 84",
    "point_exact": "oui : point à l’adresse ; non : centre de la commune",
    "horaires": "horaires dans la syntaxe d’OpenStreetMap",
    "site_internet": "adresse du site",
    "telephone": "seulement avec l’accord de la structure",
    "courriel": "seulement avec l’accord de la structure",
    "siren": "numéro SIREN",
    "siret": "numéro SIRET du lieu principal",
    "rna": "numéro RNA des associations",
    "ess": "appartenance à l’ESS",
    "date_de_creation": "année, mois, jour",
    "fiche": "adresse de la page",
    "source": "origine du nom : les autres faits ont la leur sur la fiche",
    "date_de_la_source": "date de cette source",
    "verifiee_le": "dernière vérification par une personne",
    "non_confirmee_depuis": "seulement quand le silence a trop duré : date de la dernière confirmation",
    "modifiee_le": "dernière modification de la fiche",
    "donnee_exemple": "oui : fiche inventée pour la démonstration",
}


def found_ids(query: Query) -> list[int]:
    """The organisations that answer a question, in its order, `MOST_ROWS` at most."""
    return [int(pk) for pk in search.matching_ids(query, limit=MOST_ROWS)]


def records(ids: Sequence[int], *, site: str, with_contact: bool) -> Iterator[Record]:
    """The records of these organisations, in this order; those unpublished meanwhile are left out.

    site: address of the site, without final slash. Five queries for each 500.
    """
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        found = Organisation.objects.published().with_places().with_words().in_bulk(batch)
        sources = Source.objects.in_bulk({one.sources["name"] for one in found.values() if "name" in one.sources})
        for pk in batch:
            if pk in found:
                yield record_of(found[pk], sources, site=site, with_contact=with_contact)


def record_of(organisation: Organisation, sources: dict[int, Source], *, site: str, with_contact: bool) -> Record:
    """One record; places, terms and qualifications are read from their prefetch."""
    place = next((one for one in organisation.establishments.all() if one.closed_date is None), None)
    silent = unconfirmed_since(organisation, on=timezone.localdate())
    may_show = with_contact and organisation.has_public_contact
    source = sources.get(organisation.sources.get("name", 0))
    return {
        "identifiant": organisation.slug,
        "nom": organisation.name,
        "sigle": organisation.acronym,
        "famille": organisation.get_family_display(),
        "secteurs": _labels(organisation, TermKind.SECTOR),
        "themes": _labels(organisation, TermKind.THEME),
        "publics": _labels(organisation, TermKind.TARGET_GROUP),
        "presentation": organisation.description,
        "activites": organisation.activities,
        "services": organisation.services,
        "qualifications": _qualifications(organisation),
        **_place(place),
        "site_internet": organisation.website,
        "telephone": organisation.phone if may_show else "",
        "courriel": organisation.email if may_show else "",
        "siren": organisation.siren or "",
        "siret": (place.siret or "") if place else "",
        "rna": organisation.rna,
        "ess": organisation.get_ess_verdict_display(),
        "date_de_creation": organisation.creation_date.isoformat() if organisation.creation_date else "",
        "fiche": site + organisation.get_absolute_url(),
        "source": "" if source is None else PUBLIC_VOICES.get(source.kind, source.title),
        "date_de_la_source": "" if source is None else source.date.isoformat(),
        "verifiee_le": organisation.verified_at.date().isoformat() if organisation.verified_at else "",
        "non_confirmee_depuis": silent.isoformat() if silent else "",
        "modifiee_le": organisation.updated_at.date().isoformat(),
        "donnee_exemple": organisation.is_example,
    }


def _place(place: Establishment | None) -> Record:
    latitude, longitude = point_of(place)
    commune = None if place is None else place.commune
    epci = None if commune is None else commune.epci
    return {
        "adresse": place.address if place else "",
        "code_postal": place.postal_code if place else "",
        "commune": commune.name if commune else (place.place_label if place else ""),
        "code_insee": commune.code if commune else "",
        "epci": epci.name if epci else "",
        "siren_epci": epci.siren if epci else "",
        "latitude": latitude,
        "longitude": longitude,
        "point_exact": place is not None and place.latitude is not None and place.is_point_exact,
        "horaires": place.opening_hours if place else "",
    }


def _labels(organisation: Organisation, kind: TermKind) -> list[str]:
    return sorted(term.label for term in organisation.terms.all() if term.kind == kind)


def _qualifications(organisation: Organisation) -> list[str]:
    return sorted(
        held.get_kind_display() + _dates(f"depuis le {held.start_date:%d/%m/%Y}" if held.start_date else None,
                                         f"jusqu’au {held.end_date:%d/%m/%Y}" if held.end_date else None)
        for held in organisation.qualifications.all()
    )  # fmt: skip


def _dates(*said: str | None) -> str:
    words: Iterable[str] = filter(None, said)
    joined = ", ".join(words)
    return f" ({joined})" if joined else ""
