"""What the screens of the back office read; each function says how many queries it takes.

Words: an *open doubt* is a Flag that nobody and no check has closed.
Neighbours: the views beside; filters come from forms.py as clean values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Prefetch, Q, QuerySet

from maillage.directory.enums import Status
from maillage.directory.models import DuplicatePair, Establishment, Flag, ImportRun, Organisation
from maillage.kernel.models import JournalEntry, Source
from maillage.kernel.text import fold

SORTS = {
    "nom": ("name_key", "pk"),
    "-nom": ("-name_key", "-pk"),
    "completude": ("completeness", "name_key", "pk"),
    "-completude": ("-completeness", "name_key", "pk"),
    "modifiee": ("updated_at", "pk"),
    "-modifiee": ("-updated_at", "-pk"),
}
OBJECT_TYPE = Organisation._meta.label_lower


def open_flags() -> QuerySet[Flag]:
    return Flag.objects.filter(resolved_at__isnull=True).order_by("pk")


def sheets(filters: dict[str, Any]) -> QuerySet[Organisation]:
    """Sheets that match, as the list shows them: three queries (rows, places, open doubts), and one to count.

    filters: keys of forms.SheetFilters; absent or empty ones do not filter.
    """
    found = Organisation.objects.not_merged().filter(_conditions(filters))
    order = SORTS.get(filters.get("tri") or "nom", SORTS["nom"])
    return found.with_places().prefetch_related(Prefetch("flags", open_flags(), to_attr="open_flags")).order_by(*order)


def _conditions(filters: dict[str, Any]) -> Q:
    wanted = Q()
    plain = {
        "status": "status", "family": "family", "verdict": "ess_verdict", "example": "is_example", "sector": "terms",
    }  # fmt: skip
    for name, column in plain.items():
        if filters.get(name) not in (None, ""):
            wanted &= Q(**{column: filters[name]})
    if filters.get("q"):
        wanted &= _search(filters["q"])
    # Sub-queries instead of joins: a sheet with two places is still one row.
    if filters.get("epci"):
        wanted &= Q(Exists(_places().filter(commune__epci=filters["epci"])))
    if filters.get("commune"):
        wanted &= Q(Exists(_places().filter(commune=filters["commune"])))
    if filters.get("doubts"):
        flags = open_flags().filter(organisation=OuterRef("pk"))
        wanted &= Q(Exists(flags if filters["doubts"] == "any" else flags.filter(code=filters["doubts"])))
    if filters.get("source"):
        kept = Source.objects.filter(kind=filters["source"]).values_list("pk", flat=True)
        wanted &= Q(sources__name__in=list(kept))
    return wanted


def _places() -> QuerySet[Establishment]:
    return Establishment.objects.filter(organisation=OuterRef("pk"))


def _search(words: str) -> Q:
    digits = "".join(words.split())
    if digits.isdigit() and len(digits) <= 14:
        return Q(siren__startswith=digits[:9]) | Q(Exists(_places().filter(siret__startswith=digits)))
    return Q(name_key__contains=fold(words)) | Q(acronym__istartswith=words)


def sheet(pk: int) -> QuerySet[Organisation]:
    """One sheet with places, words and open doubts, whatever its state, merged ones too (5 queries)."""
    flags = Prefetch("flags", open_flags(), to_attr="open_flags")
    return Organisation.objects.filter(pk=pk).with_places().with_words().prefetch_related(flags)


def history(organisation: Organisation) -> QuerySet[JournalEntry]:
    """The acts on a sheet, the latest first."""
    return JournalEntry.objects.filter(object_type=OBJECT_TYPE, object_id=organisation.pk).order_by("-at", "-pk")


def acts_of_batch(batch: str) -> QuerySet[JournalEntry]:
    """The acts on sheets made together, the latest first; none for an empty name."""
    return JournalEntry.objects.filter(object_type=OBJECT_TYPE, batch=batch).exclude(batch="").order_by("-pk")


@dataclass(frozen=True)
class Today:
    """What waits for somebody, and the figures of the directory."""

    to_review: int
    in_doubt: int
    duplicates: int
    running: int
    drafts: int
    published: int
    archived: int
    completeness: int
    latest: list[Organisation]


def today() -> Today:
    """The home of the back office; five queries."""
    counts = Organisation.objects.not_merged().aggregate(
        to_review=Count("pk", filter=Q(status=Status.TO_REVIEW)),
        published=Count("pk", filter=Q(status=Status.PUBLISHED)),
        archived=Count("pk", filter=Q(status=Status.ARCHIVED)),
        completeness=Avg("completeness", filter=Q(status=Status.PUBLISHED)),
    )
    in_doubt = open_flags().filter(organisation__merged_into__isnull=True).exclude(organisation__status=Status.ARCHIVED)
    runs = ImportRun.objects.aggregate(
        running=Count("pk", filter=Q(state=ImportRun.State.RUNNING)),
        drafts=Count("pk", filter=Q(state=ImportRun.State.DRAFT)),
    )
    latest = Organisation.objects.not_merged().filter(status=Status.TO_REVIEW).order_by("-created_at", "-pk")[:5]
    return Today(
        **{**counts, "completeness": round(counts["completeness"] or 0)},
        in_doubt=in_doubt.values("organisation").distinct().count(),
        duplicates=DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN).count(),
        **runs,
        latest=list(latest),
    )
