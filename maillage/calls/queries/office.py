"""Applications as the team reads them: a list with its filters, an export, one file. By `visible_to` alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Avg, Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import budget, terms
from maillage.calls.enums import ApplicationState as S
from maillage.calls.enums import Funding
from maillage.calls.models import Application, Authority, Call, Recusal
from maillage.calls.phrases import review as phrases
from maillage.calls.queries.admissibility import answers_of, points_of
from maillage.calls.queries.reviews import (
    Standing,
    counted,
    criterion_means,
    ranks,
    reviews_of,
    standings,
    unseen_by,
)
from maillage.calls.queries.waiting import late, to_read
from maillage.calls.querysets import ApplicationQuerySet

STATES: dict[str, tuple[S, ...]] = {
    "a-examiner": (S.SUBMITTED,), "a-completer": (S.INCOMPLETE,), "en-instruction": (S.REVIEW,), "avis": (S.OPINION,),
    "decides": (S.GRANTED, S.REFUSED, S.DROPPED, S.AGREED, S.PAYING, S.REPORTING, S.SETTLED, S.CANCELLED),
    "irrecevables": (S.INADMISSIBLE,),
}  # fmt: skip
SORTS = {"date": "Les derniers déposés", "attente": "Les plus anciens", "montant": "Montant demandé", "rang": "Note"}
BATCH = 500


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
    rows = Application.objects.visible_to(by, on=on).exclude(state=S.DRAFT)
    if wanted.which in STATES:
        rows = rows.filter(state__in=STATES[wanted.which])
    if wanted.call:
        rows = rows.filter(call=wanted.call)
    if wanted.authority:
        rows = rows.filter(call__scheme__authority=wanted.authority)
    if wanted.words:
        named = Q(title__icontains=wanted.words) | Q(organisation__name__icontains=wanted.words)
        rows = rows.filter(named | Q(number__icontains=wanted.words))
    if wanted.is_late:
        rows = late(rows, on)
    if wanted.is_to_read:
        rows = to_read(rows, by)
    related = rows.select_related("organisation", "call", "commune")
    return _sorted(related, wanted.sort, by=by, on=on)


def _sorted(rows: ApplicationQuerySet, sort: str, *, by: User, on: date) -> QuerySet[Application]:
    if sort == "attente":
        return rows.order_by("submitted_at", "pk")
    if sort == "montant":
        return rows.order_by("-requested", "pk")
    if sort == "rang":
        means = counted().filter(application=OuterRef("pk")).exclude(application__in=unseen_by(by))
        shown = (
            means.values("application")
            .annotate(count=Count("pk"), mean=Avg("total"))
            .filter(count__gte=terms.review("least_reviews", on))
        )
        return rows.annotate(mean=Subquery(shown.values("mean"))).order_by(F("mean").desc(nulls_last=True), "pk")
    return rows.order_by("-submitted_at", "-pk")


def counts(*, by: User, on: date) -> dict[str, int]:
    """How many this person may read in each list that waits; one query."""
    rows = Application.objects.visible_to(by, on=on).values_list("state")
    found = dict(rows.annotate(count=Count("pk", distinct=True)).order_by())
    return {key: sum(found.get(one.value, 0) for one in states) for key, states in STATES.items()}


def rows_of(applications: Sequence[Application], *, wanted: Wanted, by: User, on: date) -> list[Row]:
    """What a page of the list says of each; ranks when the list is of one call. Six queries."""
    told = standings(applications, by=by, on=on)
    places = ranks(_of_call(wanted.call, by=by, on=on), by=by, on=on) if wanted.call else {}
    return [Row(one, told[one.pk], places.get(one.pk)) for one in applications]


def _of_call(call: int | None, *, by: User, on: date) -> ApplicationQuerySet:
    return Application.objects.visible_to(by, on=on).filter(call=call).submitted()


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
        "déposé le": timezone.localdate(one.submitted_at).isoformat() if one.submitted_at else "",
        "demandé": float(one.requested) if one.requested is not None else None,
        "avis rendus": standing.given, "moyenne": float(standing.mean) if standing.mean is not None else None,
        "écart": float(standing.spread) if standing.spread is not None else None,
    }  # fmt: skip


def calls_with_applications() -> QuerySet[Call]:
    return Call.objects.filter(applications__submitted_at__isnull=False).distinct().order_by("-opens_at", "title")


def authorities() -> QuerySet[Authority]:
    return Authority.objects.filter(schemes__calls__isnull=False).distinct().order_by("name")


def office_applications(user: User, on: date) -> QuerySet[Application]:
    """Those of which this person may open the file in the back office."""
    rows = Application.objects.visible_to(user, on=on).exclude(state=S.DRAFT)
    return rows.select_related("call__scheme__authority", "form", "organisation", "commune__epci", "theme", "author")


def file_of(application: Application, *, by: User, on: date) -> dict[str, Any]:
    """What the page of one file shows; some thirty queries, whatever it holds."""
    standing = standings([application], by=by, on=on)[application.pk]
    place = ranks(_of_call(application.call_id, by=by, on=on), by=by, on=on).get(application.pk)
    seen = not standing.is_hidden
    return {
        "points": points_of(application), "answers": answers_of(application), **submitted_of(application),
        "standing": standing, "rank": place, "reviews": reviews_of(application) if seen else [],
        "means": criterion_means(application) if seen and standing.mean is not None else [],
        "recusals": recusals_of(application), "sentences": recusal_sentences([application]),
        "opinions": list(application.opinions.select_related("meeting", "by").order_by("-given_on", "-pk")),
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
