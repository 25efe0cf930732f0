"""Applications as the team reads them: a list with its filters, an export, one file. By `visible_to` alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, DecimalField, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import budget
from maillage.calls.enums import ApplicationState as S
from maillage.calls.enums import Funding
from maillage.calls.models import Application, Authority, Call, Recusal
from maillage.calls.phrases import review as phrases
from maillage.calls.queries.admissibility import answers_of, points_of
from maillage.calls.queries.outside import opinions_asked
from maillage.calls.queries.reviews import (
    Standing,
    criterion_means,
    ranks,
    rated,
    reviews_of,
    standings,
)
from maillage.calls.queries.waiting import late, to_read
from maillage.calls.querysets import ApplicationQuerySet
from maillage.directory.models import Organisation

STATES: dict[str, tuple[S, ...]] = {
    "a-examiner": (S.SUBMITTED,), "a-completer": (S.INCOMPLETE,), "en-instruction": (S.REVIEW,), "avis": (S.OPINION,),
    "decides": (S.GRANTED, S.REFUSED, S.DROPPED, S.AGREED, S.PAYING, S.REPORTING, S.SETTLED, S.CANCELLED),
    "irrecevables": (S.INADMISSIBLE,),
}  # fmt: skip
SORTS = {"date": "Les derniers déposés", "attente": "Les plus anciens", "montant": "Montant demandé", "rang": "Note"}
BATCH = 500
_SHOWN = ("organisation", "call", "commune")


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; "" , None or False leaves a filter out. words: title, organisation, number."""

    which: str = "a-examiner"
    words: str = ""
    call: int | None = None
    authority: int | None = None
    sort: str = "date"
    is_late: bool = False
    is_to_read: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.call or self.authority or self.is_late or self.is_to_read)


@dataclass(frozen=True)
class Row:
    application: Application
    standing: Standing
    rank: int | None


def listed(wanted: Wanted, *, by: User, on: date) -> QuerySet[Application]:
    """Applications of the list that this person may read, in its order; drafts are nobody's but their people's."""
    return _found(wanted, by=by, on=on).select_related(*_SHOWN)


def _found(wanted: Wanted, *, by: User, on: date) -> QuerySet[Application]:
    rows: ApplicationQuerySet = Application.objects.received_by(by, on=on)
    if wanted.which in STATES:
        rows = rows.filter(state__in=STATES[wanted.which])
    if wanted.call:
        rows = rows.filter(call=wanted.call)
    if wanted.authority:
        rows = rows.filter(call__in=Call.objects.filter(scheme__authority=wanted.authority).values("pk"))
    if wanted.words:
        # By number of organisation: names are then looked at once, not once for each of their applications.
        named = Organisation.objects.filter(name__icontains=wanted.words).values("pk")
        said = Q(title__icontains=wanted.words) | Q(number__icontains=wanted.words)
        rows = rows.filter(said | Q(organisation__in=named))
    if wanted.is_late:
        rows = late(rows, on)
    if wanted.is_to_read:
        rows = to_read(rows, by)
    return _sorted(rows, wanted.sort, by=by, on=on)


def _sorted(rows: ApplicationQuerySet, sort: str, *, by: User, on: date) -> QuerySet[Application]:
    if sort == "attente":
        return rows.order_by("submitted_at", "pk")
    if sort == "montant":
        return rows.order_by("-requested", "pk")
    if sort == "rang":
        told = rated(Application.objects.all(), by=by, on=on)
        shown = Case(When(pk__in=told.values("pk"), then=F("mean")), default=None, output_field=DecimalField())
        return rows.annotate(shown=shown).order_by(F("shown").desc(nulls_last=True), "pk")
    return rows.order_by("-submitted_at", "-pk")


def counts(*, by: User, on: date) -> dict[str, int]:
    """How many this person may read in each list, "tous" besides; one query."""
    rows = Application.objects.received_by(by, on=on).values_list("state")
    found = dict(rows.annotate(count=Count("pk")).order_by())
    told = {key: sum(found.get(one.value, 0) for one in states) for key, states in STATES.items()}
    return {**told, "tous": sum(found.values())}


def page_of(
    wanted: Wanted, number: str | None, per_page: int, *, waiting: dict[str, int], by: User, on: date
) -> Page[int]:  # fmt: skip
    """One page of the list, as numbers of applications: put in order by an index, read whole afterwards by `rows_of`.

    waiting: what `counts` gave, so that a whole list is not counted twice. One query, two when it is narrowed.
    """
    told = Paginator(_found(wanted, by=by, on=on).values_list("pk", flat=True), per_page)
    if not wanted.is_narrowed:
        told.count = waiting[wanted.which]
    return told.get_page(number)


def rows_of(keys: Sequence[int], *, wanted: Wanted, by: User, on: date) -> list[Row]:
    """What a page of the list says of each; ranks when the list is of one call. At most eight queries."""
    read = Application.objects.filter(pk__in=keys).select_related(*_SHOWN).in_bulk()
    found = [read[key] for key in keys if key in read]
    told = standings(found, by=by, on=on)
    means = {one.mean for one in told.values() if one.mean is not None}
    places = ranks(wanted.call, means, by=by, on=on) if wanted.call else {}
    return [Row(one, told[one.pk], _place(told[one.pk], places)) for one in found]


def _place(standing: Standing, places: dict[Decimal, int]) -> int | None:
    return None if standing.mean is None else places.get(standing.mean)


def records(wanted: Wanted, *, by: User, on: date) -> Iterator[dict[str, Any]]:
    """The lines of the export, by columns of `phrases.review.COLUMNS`; as many queries as there are batches."""
    found = listed(wanted, by=by, on=on).iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        told = standings(batch, by=by, on=on)
        for one in batch:
            yield _record(one, told[one.pk])


def _record(one: Application, standing: Standing) -> dict[str, Any]:
    return {
        "numéro": one.number, "titre": one.title, "structure": one.organisation.name,
        "commune": one.commune.name if one.commune else "", "appel": one.call.title, "état": one.get_state_display(),
        "déposé le": timezone.localdate(one.submitted_at) if one.submitted_at else "",
        "demandé": one.requested,
        "avis rendus": standing.given, "moyenne": standing.mean, "écart": standing.spread,
    }  # fmt: skip


def calls_with_applications(*, by: User, on: date) -> QuerySet[Call]:
    """Those that received one which this person may read."""
    sent = Application.objects.received_by(by, on=on).filter(call=OuterRef("pk"), submitted_at__isnull=False)
    return Call.objects.filter(Exists(sent)).order_by("-opens_at", "title")


def authorities() -> QuerySet[Authority]:
    return Authority.objects.filter(schemes__calls__isnull=False).distinct().order_by("name")


def office_applications(user: User, on: date) -> QuerySet[Application]:
    """Those of which this person may open the file in the back office."""
    rows = Application.objects.visible_to(user, on=on).exclude(state=S.DRAFT)
    return rows.select_related("call__scheme__authority", "form", "organisation", "commune__epci", "theme", "author")


def file_of(application: Application, *, by: User, on: date) -> dict[str, Any]:
    """What the page of one file shows; some thirty queries, whatever it holds."""
    standing = standings([application], by=by, on=on)[application.pk]
    means = set() if standing.mean is None else {standing.mean}
    place = _place(standing, ranks(application.call_id, means, by=by, on=on))
    seen = not standing.is_hidden
    return {
        "points": points_of(application), "answers": answers_of(application), **submitted_of(application),
        "standing": standing, "rank": place, "reviews": reviews_of(application) if seen else [],
        "means": criterion_means(application) if seen and standing.mean is not None else [],
        "recusals": recusals_of(application), "sentences": recusal_sentences([application]),
        "opinions": list(application.opinions.select_related("meeting", "by").order_by("-given_on", "-pk")),
        "outside": opinions_asked(application),
        "completions": list(application.completions.select_related("asked_by").order_by("-asked_at")),
    }  # fmt: skip


def submitted_of(application: Application) -> dict[str, Any]:
    """Budget and documents as they were submitted, for whoever reads the file."""
    labels = {one.code: one.label for one in budget.grid(timezone.localdate(application.created_at))}
    states = dict(Funding.choices)
    lines = list(application.forecast.order_by("code", "pk"))
    return {
        "lines": [(labels.get(one.code, one.code), one, states.get(one.funding, "")) for one in lines],
        "totals": budget.totals(lines),
        "files": list(application.files.select_related("piece").order_by("piece__position", "-number")),
        "partners": list(application.co_applicants.filter(state="agreed").select_related("organisation")),
        "declared": list(application.declared_aids.order_by("granted_on")),
    }


def recusals_of(application: Application) -> list[Recusal]:
    return list(application.recusals.select_related("user", "declared_by").order_by("declared_at", "pk"))


def recusal_sentences(applications: Sequence[Application]) -> list[str]:
    """The words for the minutes, one for each person and application, in the order of the files; one query.

    Source: CGCT, art. L1111-6 and L2131-11. Names of erased accounts are not known any more.
    """
    rows = Recusal.objects.filter(application__in=[one.pk for one in applications])
    return [
        phrases.MINUTES.format(
            name=(one.user.get_full_name() or one.user.email.partition("@")[0]) if one.user else phrases.SOMEBODY,
            number=one.application.number,
        )
        for one in rows.select_related("user", "application").order_by("application__number", "pk")
    ]
