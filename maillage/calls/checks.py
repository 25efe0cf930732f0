"""Truths of applications that no constraint of the database can hold. For `check_invariants`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from maillage.calls import budget
from maillage.calls.digest import digest_of
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application, AppliedFile, Numbering, Recusal, Review
from maillage.calls.queries.reviews import counted, mean_of
from maillage.kernel.kept_files import trouble_of
from maillage.kernel.registry import Breach

FILES, NUMBERS, BUDGETS, DIGESTS = "calls.files", "calls.numbers", "calls.budgets", "calls.digests"
MEANS = "calls.means"


def find_breaches() -> Iterator[Breach]:
    """Documents that are not what was kept; numbers with a gap; submitted files that changed, or do not balance."""
    yield from _spoilt_files()
    yield from _gaps()
    yield from _changed()
    yield from _means()


def _spoilt_files() -> Iterator[Breach]:
    for kept in AppliedFile.objects.select_related("application").order_by("pk").iterator(chunk_size=500):
        if trouble := trouble_of(kept.file, kept.sha256):
            yield Breach(FILES, str(kept), trouble)


def _gaps() -> Iterator[Breach]:
    for series in Numbering.objects.order_by("pk"):
        wanted = {f"{series.series}-{number:04d}" for number in range(1, series.last + 1)}
        rows = Application.objects.filter(number__startswith=f"{series.series}-")
        given = {str(number) for number in rows.values_list("number", flat=True)}
        for number in sorted(wanted ^ given)[:100]:
            yield Breach(
                NUMBERS, number, "counted but given to nobody" if number in wanted else "given but not counted"
            )


def _changed() -> Iterator[Breach]:
    """An incomplete file is being written, and one whose names are forgotten is no longer what was sent."""
    rows = Application.objects.submitted().exclude(state=ApplicationState.INCOMPLETE)
    rows = rows.filter(number__isnull=False).exclude(representative="").exclude(honour_by="")
    for one in rows.select_related("call", "form", "organisation").order_by("pk").iterator(chunk_size=200):
        if not budget.totals(one.forecast.all()).is_balanced:
            yield Breach(BUDGETS, str(one), "submitted, and its budget does not balance")
        if digest_of(one) != one.digest:
            yield Breach(DIGESTS, str(one), "is not what was submitted")


def _means() -> Iterator[Breach]:
    """The mean kept on an application is not the one of its reviews that count."""
    away = Recusal.objects.filter(application=OuterRef("application"), user=OuterRef("reviewer__user"))
    for review in Review.objects.filter(Exists(away), set_aside_at=None).select_related("application").order_by("pk"):
        yield Breach(MEANS, str(review.application), f"{review} counts, by somebody who stays away")
    totals: dict[int, list[Decimal]] = defaultdict(list)
    for key, total in counted().values_list("application", "total").order_by("pk").iterator():
        totals[key].append(total or Decimal())
    kept = Application.objects.filter(
        Q(reviews_counted__gt=0) | Q(mean__isnull=False) | Q(pk__in=counted().values("application"))
    )
    for one in kept.order_by("pk").iterator(chunk_size=500):
        found = totals.get(one.pk, [])
        if (one.mean, one.reviews_counted) != (mean_of(found) if found else None, len(found)):
            yield Breach(MEANS, str(one), "keeps a mean that is not the one of its reviews")
