"""What an import left in the directory, read from the journal: it is the same whatever became of the run since."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from maillage.directory.models import ImportRun, Organisation
from maillage.kernel.models import JournalEntry

_TYPE = Organisation._meta.label_lower


def acts_of(run: ImportRun) -> QuerySet[JournalEntry]:
    """The acts of an import on sheets, in no order."""
    return JournalEntry.objects.filter(batch=run.batch, object_type=_TYPE)


def sheets_made_by(run: ImportRun) -> set[int]:
    """The sheets that an import made, all its goes together; one query."""
    return set(acts_of(run).filter(verb="create").values_list("object_id", flat=True))


@dataclass(frozen=True)
class CommuneCount:
    """name: of the commune, "" for sheets without one; made, revised: sheets."""

    name: str
    made: int
    revised: int


def counts_by_commune(run: ImportRun) -> list[CommuneCount]:
    """How many sheets an import made or revised in each commune (that of their main place), by name; one query."""
    made = acts_of(run).filter(verb="create").values("object_id")
    touched = acts_of(run).values("object_id")
    rows = (
        Organisation.objects.filter(pk__in=touched)
        .values(place=F("establishments__commune__name"))
        .filter(Q(establishments__is_main=True) | Q(establishments__isnull=True))
        .annotate(
            made=Count("pk", filter=Q(pk__in=made), distinct=True),
            revised=Count("pk", filter=~Q(pk__in=made), distinct=True),
        )
        .order_by(F("establishments__commune__name_key").asc(nulls_first=True), "place")
    )
    return [CommuneCount(row["place"] or "", row["made"], row["revised"]) for row in rows]


__all__ = ["CommuneCount", "acts_of", "counts_by_commune", "sheets_made_by"]
