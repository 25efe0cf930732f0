"""Places that an aid may cover, as keys ("department:80") and as words.

Words: a *key* is a level and a code; regions and departments are in `data/places.csv`, the rest in the territories.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from maillage.kernel.text import fold
from maillage.territories.models import Commune, Epci
from maillage.territories.queries import communes_of, epcis_of, home_territory

_FILE = Path(__file__).parent.parent / "data/places.csv"
_WORDS = {"region": "région", "department": "département", "commune": "commune", "epci": "intercommunalité"}


@lru_cache(maxsize=1)
def national() -> dict[str, str]:
    """{key: name} of the country, its regions and its departments."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {f"{row['level']}:{row['code']}": row["name"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _national_by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, name in national().items():
        found[fold(name)] = (*found.get(fold(name), ()), key)
    return found


def local_by_name() -> dict[str, str]:
    """{folded name: key} of the EPCI that are loaded. One query.

    Not of communes: too many of France bear the same name as one of ours.
    """
    found: dict[str, str] = {}
    for siren, name, short in Epci.objects.values_list("pk", "name", "short_name").order_by("pk"):
        found |= {fold(name): f"epci:{siren}", fold(short): f"epci:{siren}"}
    return found


def places_in(words: str, local: dict[str, str]) -> list[str]:
    """Keys of the places that a perimeter names, « Aisne, Oise (Département) »; none when one of them is unknown."""
    found: list[str] = []
    for part in re.split(r"[;,]|\bet\b", re.sub(r"\([^)]*\)", " ", words)):
        name = fold(part)
        if not name:
            continue
        keys = _national_by_name().get(name) or ((local[name],) if name in local else ())
        if not keys:
            return []
        found += [key for key in keys if key not in found]
    return found


def places_of_commune(commune: Commune) -> frozenset[str]:
    """Every key that holds this commune, from itself to the country."""
    keys = {
        f"commune:{commune.pk}", f"department:{commune.department_code}", f"region:{commune.region_code}", "country:FR",
    }  # fmt: skip
    return frozenset(keys | ({f"epci:{commune.epci_id}"} if commune.epci_id else set()))


def offered_places() -> list[tuple[str, str]]:
    """(key, label) of what a form offers: the country, the home CC and communes, then regions and departments."""
    home = home_territory()
    rows = [("country:FR", "Toute la France")]
    if home is not None:
        rows += [(f"epci:{one.siren}", one.short_name) for one in epcis_of(home)]
        rows += [(f"commune:{one.pk}", f"{one.name} (commune)") for one in communes_of(home)]
    rest = [(key, f"{name} ({_WORDS[key.partition(':')[0]]})") for key, name in national().items() if key != rows[0][0]]
    return [*rows, *sorted(rest, key=lambda row: (row[0].startswith("department"), fold(row[1])))]


def place_labels(keys: Iterable[str]) -> list[str]:
    """The names of these places, in their order; a code that nobody knows is said as it is. Two queries at most."""
    wanted = list(keys)
    names = dict(national())
    for level, model, column in (("commune", Commune, "name"), ("epci", Epci, "short_name")):
        codes = [key.partition(":")[2] for key in wanted if key.startswith(f"{level}:")]
        if codes:
            rows = model._default_manager.filter(pk__in=codes).values_list("pk", column)
            names |= {f"{level}:{code}": name for code, name in rows}
    return [names.get(key, key.partition(":")[2]) for key in wanted]
