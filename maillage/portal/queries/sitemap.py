"""Every public address, as rooms introduce them: for robots by pages of 50 000, for people in words.

Neighbours: the kernel registry (each room's manifest), views/sitemap.py, views/pages.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from maillage.kernel.registry import SitemapSection, manifests
from maillage.portal import phrases
from maillage.territories.models import Territory
from maillage.territories.queries import epcis_of

# Limit of the protocol (sitemaps.org).
PER_FILE = 50_000


@dataclass(frozen=True)
class PlanLink:
    """One line of the site map for people."""

    label: str
    path: str


@dataclass(frozen=True)
class PlanPart:
    """One heading of the site map with its links."""

    title: str
    links: list[PlanLink]


def sections() -> list[SitemapSection]:
    """The sections of all rooms, by name."""
    found = [section for manifest in manifests() for section in manifest.sitemap]
    return sorted(found, key=lambda section: section.name)


def sizes() -> list[tuple[str, int]]:
    """(section, number of addresses), for the sections that have some."""
    counted = [(section.name, sum(1 for _ in section.entries())) for section in sections()]
    return [(name, size) for name, size in counted if size]


def entries(name: str, part: int) -> Iterator[tuple[str, str]]:
    """Addresses `part` (from 1) of a section, PER_FILE at most: (path, ISO date or "")."""
    for section in sections():
        if section.name == name:
            yield from islice(section.entries(), (part - 1) * PER_FILE, part * PER_FILE)


def all_entries() -> Iterator[tuple[str, str]]:
    """Every address of every section."""
    for section in sections():
        yield from section.entries()


def site_plan(territory: Territory | None) -> list[PlanPart]:
    """The site in words: only what answers; long families are told by the page that lists them."""
    served = {
        path for section in sections() if section.name not in phrases.LONG_SECTIONS for path, _ in section.entries()
    }
    parts = [
        PlanPart(title, [PlanLink(label, path) for label, path in links if path.split("?")[0].split("#")[0] in served])
        for title, links in phrases.SITE_PLAN
    ]
    if territory is not None:
        links = [
            PlanLink(phrases.COMMUNES_OF.format(name=epci.short_name), f"/communes/?cc={epci.siren}")
            for epci in epcis_of(territory)
        ]
        parts.insert(2, PlanPart(phrases.BY_EPCI, links))
    return [part for part in parts if part.links]
