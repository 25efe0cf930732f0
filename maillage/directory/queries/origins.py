"""Where each value of a sheet comes from."""

from __future__ import annotations

from maillage.directory.models import Organisation
from maillage.kernel.models import Source


def origins(organisation: Organisation) -> dict[str, Source]:
    """{field: where its value came from} of a sheet and of its main place; one query."""
    ids = {field: pk for field, pk in organisation.sources.items() if pk}
    known = Source.objects.in_bulk(set(ids.values()))
    return {field: known[pk] for field, pk in ids.items() if pk in known}
