"""Figures of the room that indicators follow."""

from __future__ import annotations

from datetime import date

from maillage.calls.models import Application
from maillage.kernel.registry import Figure, Gauge
from ui import french


def fields_not_retyped(on: date) -> Figure:
    """Fields of the submitted applications that came from the directory or the profile, and that nobody typed again."""
    rows = Application.objects.submitted()
    parts: dict[str, int] = {}
    total = examples = 0
    for origins, epci, is_example in rows.values_list("origins", "commune__epci", "is_example").order_by("pk"):
        total += len(origins)
        examples += is_example
        if epci is not None:
            parts[epci] = parts.get(epci, 0) + len(origins)
    told = f"dont {french.plural(examples, 'demande d’exemple', 'demandes d’exemple')}" if examples else ""
    return Figure(total, parts, note=told)


GAUGES = (Gauge("calls.fields_not_retyped", fields_not_retyped),)
