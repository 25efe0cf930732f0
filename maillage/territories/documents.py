"""What the search knows of a commune: its name, former names, postal codes and place.

Neighbours: registered with the search room by `apps.py`; `actions.load_territory` notes the changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maillage.search.engine import Document
from maillage.territories.models import Commune
from maillage.territories.queries import code_of_number, search_number

KIND = "commune"
BATCH = 500


def all_ids() -> Iterable[int]:
    """Every commune of a territory, ascending. Corsica's letters keep their rank in base 36."""
    codes = Commune.objects.filter(territories__isnull=False).distinct().values_list("code", flat=True)
    return sorted(search_number(code) for code in codes)


def documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of those of `ids` that are in a territory; three reads for 500."""
    for start in range(0, len(ids), BATCH):
        codes = [code_of_number(number) for number in ids[start : start + BATCH]]
        communes = Commune.objects.filter(pk__in=codes, territories__isnull=False).distinct()
        for commune in communes.select_related("epci").prefetch_related("former_communes").order_by("code"):
            yield _document(commune)


def _document(commune: Commune) -> Document:
    facets = {"commune": [commune.code], "department": [commune.department_code]}
    payload = {"commune": commune.name}
    if commune.epci is not None:
        facets["cc"] = [commune.epci.siren]
        payload["cc"] = commune.epci.short_name
    return Document(
        kind=KIND,
        id=search_number(commune.code),
        title=commune.name,
        url=commune.get_absolute_url(),
        places=[*commune.postal_codes, *([commune.epci.short_name] if commune.epci else [])],
        aliases=sorted({former.name for former in commune.former_communes.all() if former.name} - {commune.name}),
        identifiers=[commune.code, *sorted(former.code for former in commune.former_communes.all())],
        facets=facets,
        latitude=commune.latitude,
        longitude=commune.longitude,
        payload=payload,
    )
