"""GeoJSON (RFC 7946), written piece by piece: one feature for each organisation, even those without a point."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

LICENCE = "Licence Ouverte 2.0"


def feature(record: Mapping[str, Any]) -> dict[str, Any]:
    """One organisation; geometry is null when nobody knows where it is."""
    latitude, longitude = record["latitude"], record["longitude"]
    point = None if latitude is None else {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}
    properties = {
        name: value
        for name, value in record.items()
        if name not in ("latitude", "longitude") and value not in ("", None, [])
    }
    return {"type": "Feature", "id": record["identifiant"], "geometry": point, "properties": properties}


def collection(records: Iterable[Mapping[str, Any]], *, total: int) -> Iterator[bytes]:
    """A FeatureCollection as bytes to stream. total: how many organisations answer, those left out included."""
    head = json.dumps({"type": "FeatureCollection", "licence": LICENCE, "total": total}, ensure_ascii=False)
    yield (head[:-1] + ', "features": [').encode()
    for rank, record in enumerate(records):
        yield ((",\n" if rank else "\n") + json.dumps(feature(record), ensure_ascii=False)).encode("utf-8", "replace")
    yield b"\n]}\n"
