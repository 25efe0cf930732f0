"""Figures of the room that indicators follow."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from maillage.calls.models import Application, Call
from maillage.kernel.counted import CountedLine, CountedList, Fold, Listing
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


def _by_call(on: date, reader: Any) -> CountedList:
    """By call and never by file: somebody who stays away from a file must not find it here."""
    found: dict[int, int] = {}
    for call, origins in Application.objects.submitted().values_list("call", "origins"):
        found[call] = found.get(call, 0) + len(origins)
    rows = list(Call.objects.filter(pk__in=found).order_by("-pk"))

    def line(one: Call) -> CountedLine:
        return CountedLine(one.title, reverse("calls_office:call", args=[one.pk]), value=found[one.pk])

    return CountedList(rows, line)


GAUGES = (Gauge("calls.fields_not_retyped", fields_not_retyped, Listing(_by_call, "appel", Fold.SUM)),)
