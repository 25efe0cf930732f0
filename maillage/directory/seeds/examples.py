"""Plant the organisations that the strategy names (public facts only) and 150 invented ones, through the verbs.

Words: an invented sheet is `is_example` and says « donnée d'exemple » on screen; the named ones are not.
Neighbours: `seeds/named.json` and `seeds/examples.csv`, written by us. Planting twice adds nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from maillage.directory import actions
from maillage.directory.enums import EssVerdict, Status
from maillage.directory.facts import Facts
from maillage.directory.models import Organisation
from maillage.kernel.actions import name_source
from maillage.kernel.models import Source
from maillage.territories.models import Commune
from maillage.territories.queries import home_territory
from pipelines.contracts.ess import ess_verdict

FOLDER = Path(__file__).parent
PARTNER_TERMS = ["target_group:porteurs-de-projet", "target_group:associations"]


def plant_named(*, at: datetime) -> dict[str, int]:
    """Eight organisations and twelve partners; a commune that is not loaded leaves the place empty."""
    data = json.loads((FOLDER / "named.json").read_text(encoding="utf-8"))
    told = data["source"]
    source = name_source(
        kind=told["kind"], title=told["title"], reference=told["reference"], on=date.fromisoformat(told["date"])
    )
    communes = set(Commune.objects.values_list("pk", flat=True))
    planted = 0
    for facts in data["organisations"]:
        verdict = facts.pop("ess")
        if facts.get("place.commune_id") not in communes:
            facts.pop("place.commune_id", None)
        facts |= {"ess_verdict": verdict, "ess_reason": "document" if verdict == "yes" else "category_unknown"}
        planted += _plant(facts | {"status": Status.PUBLISHED.value}, source, at)
    for facts in data["partners"]:
        facts |= {"is_partner": True, "ess_verdict": EssVerdict.NO.value, "ess_reason": "partner"}
        facts |= {"terms": PARTNER_TERMS, "status": Status.PUBLISHED.value}
        planted += _plant(facts, source, at)
    return {"structures nommées par la stratégie": planted}


def plant_examples(*, at: datetime) -> dict[str, int]:
    """One line of examples.csv gives three organisations, one in each EPCI of the territory in turn."""
    source = name_source(kind=Source.Kind.EXAMPLE, title="Donnée d’exemple, inventée", on=at.date())
    places = _places()
    with (FOLDER / "examples.csv").open(newline="", encoding="utf-8") as lines:
        drawn = [facts for row in csv.DictReader(lines) for facts in _examples(row)]
    planted = 0
    for rank, facts in enumerate(drawn):
        facts["verified_at"] = at - timedelta(days=7 * (rank % 60))
        planted += _plant(facts | _place(next(places, None), rank), source, at)
    return {"structures d’exemple": planted}


def _plant(facts: Facts, source: Source, at: datetime) -> int:
    if Organisation.objects.filter(name=facts["name"]).exists():
        return 0
    actions.create_organisation(facts=facts, source=source, by=None, at=at, note="données de départ")
    return 1


def _examples(row: dict[str, str]) -> Iterator[Facts]:
    kinds = row["qualification"].split()
    verdict = ess_verdict(
        # A company belongs to the ESS when the register says so: the invented ones are said to.
        sirene_flag=row["family"] == "commercial_ess",
        is_esus="esus" in kinds,
        legal_category=row["legal_form"],
        naf_code=None,
    )
    terms = [f"sector:{row['sector']}"]
    terms += [f"theme:{code}" for code in row["themes"].split()]
    terms += [f"target_group:{code}" for code in row["target_groups"].split()]
    for name in row["names"].split("|"):
        yield {
            "name": name,
            "family": row["family"],
            "legal_form": row["legal_form"],
            "terms": sorted(terms),
            "description": row["description"],
            "activities": row["activities"],
            "services": row["services"],
            "qualifications": [{"kind": kind, "number": "", "evidence": "Exemple inventé"} for kind in kinds],
            "place.opening_hours": row["hours"],
            "ess_verdict": verdict.status.value,
            "ess_reason": verdict.reason_code.value,
            "status": Status.PUBLISHED.value,
            "is_example": True,
        }


def _places() -> Iterator[Commune]:
    """Communes of the home territory, one EPCI after the other, the larger towns more often."""
    home = home_territory()
    if home is None:
        return
    by_epci: dict[str | None, list[Commune]] = {}
    for commune in Commune.objects.of_territory(home).order_by("-area_km2", "pk"):
        by_epci.setdefault(commune.epci_id, []).append(commune)
    towns = [sorted(group, key=_size) for _, group in sorted(by_epci.items(), key=lambda pair: str(pair[0]))]
    for turn in count():
        for group in towns:
            yield group[(turn * 7) % min(len(group), 31)] if turn % 3 else group[(turn // 3) % min(len(group), 3)]


def _size(commune: Commune) -> int:
    latest = max((count.municipal for count in commune.populations.all()), default=0)
    return -latest


def _place(commune: Commune | None, rank: int) -> dict[str, Any]:
    if commune is None or commune.latitude is None or commune.longitude is None:
        return {}
    # Small steps around the centre part the markers of one town; the address itself is not invented.
    east, north = (rank % 7 - 3) * 0.0011, (rank % 5 - 2) * 0.0009
    return {
        "place.commune_id": commune.pk,
        "place.postal_code": commune.postal_codes[0] if commune.postal_codes else "",
        "place.latitude": round(commune.latitude + north, 5),
        "place.longitude": round(commune.longitude + east, 5),
    }
