"""Put the common vocabulary in place: sectors of the field, themes, target groups.

Neighbours: `maillage prepare` calls it on every start; agents may add terms and change labels of theirs.
"""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction

from maillage.directory.enums import TermKind
from maillage.directory.models import Term
from pipelines.sources.nomenclatures import sectors

FILE = Path(__file__).parent.parent / "data" / "terms.csv"


def load_vocabulary() -> int:
    """Add the terms that are missing, change none; give back how many were added. Twice without harm."""
    wanted = [(TermKind.SECTOR.value, sector.code, sector.label, "") for sector in sectors().values()]
    with FILE.open(newline="", encoding="utf-8") as lines:
        wanted += [(row["kind"], row["code"], row["label"], row["definition"]) for row in csv.DictReader(lines)]
    with transaction.atomic():
        there = set(Term.objects.values_list("kind", "code"))
        added = Term.objects.bulk_create(
            Term(kind=kind, code=code, label=label, definition=definition, position=position)
            for position, (kind, code, label, definition) in enumerate(wanted, 1)
            if (kind, code) not in there
        )
    return len(added)
