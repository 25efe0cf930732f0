"""Where rooms introduce themselves: a room adds a manifest, and menus, sitemap and proofs know it.

The kernel knows no room; each `AppConfig.ready` calls `introduce` with its own manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SitemapSection:
    """One section of sitemap.xml: yields (path, last change as ISO date or "")."""

    name: str
    entries: Callable[[], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Proof:
    """What the platform already does for a measure of the strategy.

    measure: code of the measure (for instance "1.3"); count: how many live objects, or None when
    counting says nothing; noun: French words that follow the count, singular and plural.
    """

    measure: str
    sentence: str
    path: str
    count: Callable[[], int] | None = None


@dataclass(frozen=True)
class Breach:
    """A truth that does not hold, with the object it is about."""

    check: str
    subject: str
    message: str


@dataclass(frozen=True)
class Manifest:
    """What a room offers to the rest of the house."""

    room: str
    sitemap: tuple[SitemapSection, ...] = ()
    proofs: tuple[Proof, ...] = ()
    checks: tuple[Callable[[], Iterable[Breach]], ...] = ()
    seeds: tuple[tuple[int, Callable[..., object]], ...] = field(default=())


_manifests: dict[str, Manifest] = {}


def introduce(manifest: Manifest) -> None:
    """Add or replace the manifest of a room."""
    _manifests[manifest.room] = manifest


def manifests() -> list[Manifest]:
    """All rooms that introduced themselves, by name."""
    return [_manifests[room] for room in sorted(_manifests)]


def proofs_of(measure: str) -> list[Proof]:
    """What serves this measure today, over all rooms."""
    return [proof for manifest in manifests() for proof in manifest.proofs if proof.measure == measure]
