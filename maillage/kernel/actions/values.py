"""Load dated values: those that come with the platform, then those of the territory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from maillage.kernel import registry
from maillage.kernel.actions.journaling import name_source
from maillage.kernel.models import DatedValue, Source


def load_values() -> int:
    """Add the values of every room's file that are not there yet; what somebody set for that day stays."""
    groups = [group for one in registry.manifests() for path in one.values for group in json.loads(path.read_text())]
    with transaction.atomic():
        return sum(_load_group(group) for group in groups)


def _load_group(group: Mapping[str, Any]) -> int:
    facts = {**group["source"], "on": date.fromisoformat(group["source"]["date"])}
    del facts["date"]
    source, added = name_source(kind=Source.Kind.DOCUMENT, **facts), 0
    for row in group["values"]:
        told = {"label": row["label"], "value": row["value"], "unit": row["unit"], "source": source}
        start = date.fromisoformat(row["start_date"])
        added += DatedValue.objects.get_or_create(key=row["key"], start_date=start, defaults=told)[1]
    return added
