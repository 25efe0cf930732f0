"""What one object of a room shows to the search: the document, its key and its stored form.

Words: a facet is a named set of values one can filter by and count; a slot is a quarter hour of the week.
Neighbours: `schema` writes documents into Tantivy, `base` and `view` read the stored form back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

from maillage.search.engine.analysis import clean, fold

FACETS = (
    "family",
    "sector",
    "theme",
    "target_group",
    "qualification",
    "service",
    "cc",
    "commune",
    "department",
    "flag",
)
# These have thousands of values and hang together: a document is in a commune, hence in its CC and department.
PLACE_FACETS = ("cc", "commune", "department")
PLAIN_FACETS = tuple(name for name in FACETS if name not in PLACE_FACETS)
SLOTS = 7 * 24 * 4
_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


def week_slot(moment: datetime) -> int:
    """Return the quarter hour of the week of a local moment: 0 = Monday 00:00, 671 = Sunday 23:45."""
    return (moment.weekday() * 24 + moment.hour) * 4 + moment.minute // 15


def uid_of(kind: str, object_id: int) -> int:
    """Return the 63-bit number by which the engine knows an object; the same on every machine."""
    digest = blake2b(f"{kind}:{object_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


@dataclass(frozen=True, kw_only=True)
class Document:
    """One findable object.

    title weighs most, then aliases, places and body; identifiers (SIREN, SIRET, RNA) are found whole.
    open_slots: quarter hours of the week when it is open; quality: 0–100; updated_at: aware datetime.
    Raises ValueError for a facet that is not in FACETS, a quality, slot or position out of its range.
    """

    kind: str
    id: int
    title: str
    url: str
    body: str = ""
    places: Sequence[str] = ()
    aliases: Sequence[str] = ()
    identifiers: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    open_slots: frozenset[int] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    updated_at: datetime | None = None
    quality: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = set(self.facets) - set(FACETS)
        if unknown:
            raise ValueError(f"unknown facets: {', '.join(sorted(unknown))}")
        if not 0 <= self.quality <= 100:
            raise ValueError(f"quality must be within 0 and 100, not {self.quality}")
        if self.open_slots and not (min(self.open_slots) >= 0 and max(self.open_slots) < SLOTS):
            raise ValueError("a slot of the week lies between 0 and 671")
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude come together")
        if not (-90 <= (self.latitude or 0.0) <= 90 and -180 <= (self.longitude or 0.0) <= 180):
            raise ValueError("a position is latitude within ±90 and longitude within ±180")

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def uid(self) -> int:
        return uid_of(self.kind, self.id)

    def stored(self) -> bytes:
        """Return the JSON that comes back with a row and from which facets and points are counted."""
        data: dict[str, Any] = {
            "k": self.kind,
            "i": self.id,
            "t": self.title,
            "n": fold(self.title),
            "u": self.url,
            "q": self.quality,
            "f": {name: sorted(set(map(str, values))) for name, values in sorted(self.facets.items()) if values},
        }
        if self.payload:
            data["p"] = dict(self.payload)
        if self.latitude is not None:
            data["la"], data["lo"] = float(self.latitude), float(self.longitude or 0.0)
        if self.open_slots:
            data["o"] = f"{sum(1 << slot for slot in self.open_slots):x}"
        if self.updated_at is not None:
            data["m"] = int(self.updated_at.timestamp())
        return _ENCODER.encode(data).encode()

    def texts(self) -> tuple[str, str, str]:
        """Return cleaned (title, secondary, body) texts: secondary is aliases and places."""
        return (
            clean(self.title),
            clean(" | ".join((*self.aliases, *self.places))),
            clean(" | ".join((self.body, *self.identifiers))),
        )

    def fingerprint(self) -> int:
        """Return a 63-bit number that changes when anything findable or shown changes."""
        return fingerprint_of(self.stored(), self.texts())


def fingerprint_of(stored: bytes, texts: tuple[str, ...]) -> int:
    """Return the fingerprint of a document already written out."""
    digest = blake2b(stored, digest_size=8)
    digest.update("\0".join(texts).encode())
    return int.from_bytes(digest.digest(), "big") >> 1


class Record:
    """A stored document read back; attributes as in `Document`, `slots` as an integer of 672 bits."""

    __slots__ = (
        "facets",
        "id",
        "kind",
        "latitude",
        "longitude",
        "name",
        "payload",
        "quality",
        "slots",
        "title",
        "updated",
        "url",
    )

    def __init__(self, stored: bytes) -> None:
        data = json.loads(stored.decode("ascii"))  # ASCII by `Document.stored`; guessing would cost as much again
        self.kind: str = data["k"]
        self.id: int = data["i"]
        self.title: str = data["t"]
        self.name: str = data["n"]
        self.url: str = data["u"]
        self.quality: int = data["q"]
        self.facets: dict[str, list[str]] = data["f"]
        self.payload: dict[str, Any] = data.get("p", {})
        self.latitude: float | None = data.get("la")
        self.longitude: float | None = data.get("lo")
        self.slots = int(data.get("o", "0"), 16)
        self.updated: int = data.get("m", 0)

    @property
    def uid(self) -> int:
        return uid_of(self.kind, self.id)

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"
