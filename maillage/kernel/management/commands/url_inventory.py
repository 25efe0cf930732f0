"""Every address of the site, with its name and who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from maillage.kernel.console import Verb


@dataclass(frozen=True)
class Door:
    """One address: pattern, name, `all` or `members` (the view then asks its rule)."""

    pattern: str
    name: str
    opens_to: str


def doors(resolver: URLResolver | None = None, before: str = "/", namespace: str = "") -> Iterator[Door]:
    """Walk the URL table, namespaces first."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from doors(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            opened = not getattr(entry.callback, "login_required", True)
            yield Door(pattern, namespace + (entry.name or ""), "all" if opened else "members")


class Command(Verb):
    help = "Liste les adresses du site et qui peut les ouvrir."
    writes = False

    def handle(self, *args: Any, **options: Any) -> None:
        found = sorted(doors(), key=lambda door: door.pattern)
        self.answer(
            {"urls": [asdict(door) for door in found]},
            as_json=options["json"],
            sentences=[f"{door.opens_to:8} {door.pattern}  {door.name}" for door in found],
        )
