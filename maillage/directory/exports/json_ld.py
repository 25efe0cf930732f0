"""Linked data (schema.org) of one sheet, for search engines: the same public facts as the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from maillage.directory.enums import Family

if TYPE_CHECKING:
    from maillage.directory.queries.sheet import Sheet

# « < » would end the script element, the two separators are line ends for old scripts.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def data_of(sheet: Sheet, *, site: str) -> dict[str, Any]:
    """The organisation as a schema.org object, empty facts left out. site: without final slash."""
    organisation, address = sheet.organisation, site + sheet.organisation.get_absolute_url()
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NGO" if organisation.family == Family.ASSOCIATION else "Organization",
        "@id": address,
        "mainEntityOfPage": address,
        "name": organisation.name,
        "alternateName": organisation.acronym,
        "legalName": organisation.legal_name,
        "description": organisation.activities or organisation.description,
        "url": sheet.website or address,
        "foundingDate": organisation.creation_date.isoformat() if organisation.creation_date else "",
        "telephone": sheet.phone,
        "email": sheet.email,
        "knowsAbout": [*sheet.sectors, *sheet.themes],
        "areaServed": sheet.served_area,
        "identifier": _identifiers(sheet),
        "location": _place(sheet),
        "dateModified": organisation.updated_at.isoformat(),
    }
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def script_of(sheet: Sheet, *, site: str) -> SafeString:
    """The data as text for a `script type="application/ld+json"`: data that no browser runs, CSP or not."""
    text = json.dumps(data_of(sheet, site=site), ensure_ascii=False).translate(_ESCAPES)
    # Every character that could leave the element has just been escaped.
    return mark_safe(text)  # noqa: S308


def _identifiers(sheet: Sheet) -> list[dict[str, str]]:
    place = sheet.main.place if sheet.main is not None else None
    known = {
        "SIREN": sheet.organisation.siren,
        "SIRET": place.siret if place is not None else "",
        "RNA": sheet.organisation.rna,
    }
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in known.items() if value]


def _place(sheet: Sheet) -> dict[str, Any]:
    main = sheet.main
    if main is None:
        return {}
    place, commune = main.place, main.place.commune
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.address,
        "postalCode": place.postal_code,
        "addressLocality": commune.name if commune is not None else place.place_label,
        "addressCountry": "FR",
    }
    data: dict[str, Any] = {"@type": "Place", "address": {name: value for name, value in address.items() if value}}
    if main.latitude is not None and main.longitude is not None:
        data["geo"] = {"@type": "GeoCoordinates", "latitude": main.latitude, "longitude": main.longitude}
    return data
