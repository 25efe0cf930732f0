"""The decision sheet of a call (*fiche de délibération*): its applications by rank, and what the envelope bears.

Words: the *score* is the mean of the reviews that were handed in by whoever did not stay away; *together* is what was
awarded on the line and what is proposed up to that rank. Neighbour: `paper` prints the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from maillage.accounts.models import User
from maillage.calls.enums import AWARDED, ApplicationState
from maillage.calls.models import Application, Call, EnvelopeLine, Opinion
from maillage.grants.enums import Outcome
from maillage.grants.models import Decision
from maillage.grants.queries.minimis import Room, rooms_of

NOTHING = Decimal(0)
DECIDED = (*AWARDED, ApplicationState.REFUSED, ApplicationState.DROPPED, ApplicationState.CANCELLED)
READY = (ApplicationState.OPINION, *DECIDED)
UNREAD = (ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE, ApplicationState.REVIEW)


@dataclass(frozen=True)
class Row:
    """One application. score: of a hundred, None unread; reviews: how many count; proposed: euros, None for none;
    together: of the envelope, up to this rank; is_over: the envelope would be passed here."""

    rank: int
    application: Application
    score: Decimal | None
    reviews: int
    opinion: Opinion | None
    decision: Decision | None
    room: Room | None
    proposed: Decimal | None
    together: Decimal
    is_over: bool

    @property
    def is_confirmed(self) -> bool:
        return self.decision is not None and self.decision.confirmed_at is not None


@dataclass(frozen=True)
class Sheet:
    """line: None when the call has none. waiting: applications without an opinion yet. requested, proposed: sums."""

    call: Call
    line: EnvelopeLine | None
    rows: list[Row]
    waiting: int
    requested: Decimal
    proposed: Decimal

    @property
    def left(self) -> Decimal:
        """Euros that would be left on the line once all that is proposed is awarded; negative beyond it."""
        return (self.line.left if self.line else NOTHING) - self.proposed

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def missing(self) -> Decimal:
        """Euros by which the line would be passed."""
        return max(-self.left, NOTHING)

    @property
    def is_begun(self) -> bool:
        """Is a decision of it confirmed?"""
        return any(row.is_confirmed for row in self.rows)

    @property
    def prepared(self) -> list[Decision]:
        """They wait for a second person."""
        return [row.decision for row in self.rows if row.decision is not None and not row.is_confirmed]


def sheet_of(call: Call, *, by: User, on: date) -> Sheet:
    """The sheet as this person may read it: files they stay away from are not there. Ten queries, whatever it holds."""
    visible = Application.objects.visible_to(by, on=on).filter(call=call)
    found = list(
        visible.filter(state__in=READY)
        .select_related("organisation", "commune", "call__scheme", "decision__line", "decision__prepared_by")
        .prefetch_related("declared_aids")
        .order_by("number", "pk")
    )
    scores, opinions, rooms = _scores(found), _opinions(found), rooms_of(found, on)
    line = EnvelopeLine.objects.filter(calls=call).first()
    ranked = sorted(found, key=lambda one: (-(scores.get(one.pk, (Decimal(-1), 0))[0]), one.number or "", one.pk))
    rows, together = [], line.awarded if line else NOTHING
    for rank, one in enumerate(ranked, start=1):
        decision: Decision | None = getattr(one, "decision", None)
        opinion = opinions.get(one.pk)
        proposed = _proposed(decision, opinion)
        if proposed is not None and not (decision and decision.confirmed_at):
            together += proposed
        score, reviews = scores.get(one.pk, (None, 0))
        is_over = proposed is not None and (line is None or together > line.amount)
        rows.append(Row(
            rank, one, score, reviews, opinion, decision, rooms.get(one.pk), proposed, together, is_over
        ))  # fmt: skip
    return Sheet(
        call, line, rows, visible.filter(state__in=UNREAD).count(),
        requested=sum((one.requested or NOTHING for one in found), NOTHING),
        proposed=sum((row.proposed for row in rows if row.proposed and not row.is_confirmed), NOTHING),
    )  # fmt: skip


def _proposed(decision: Decision | None, opinion: Opinion | None) -> Decimal | None:
    """What was prepared, else what the committee proposes."""
    if decision is not None:
        return decision.amount if decision.outcome == Outcome.GRANTED else None
    return opinion.proposed if opinion else None


def _scores(applications: Iterable[Application]) -> dict[int, tuple[Decimal, int]]:
    """{application: (mean, how many reviews)}; who stayed away does not count. No query."""
    return {one.pk: (one.mean, one.reviews_counted) for one in applications if one.mean is not None}


def _opinions(applications: Iterable[Application]) -> dict[int, Opinion]:
    """The last opinion on each. One query."""
    rows = Opinion.objects.filter(application__in=[one.pk for one in applications])
    return {one.application_id: one for one in rows.order_by("given_on", "pk")}


@dataclass(frozen=True)
class CallLine:
    """A call in the list of those to decide on, with how many files wait in each turn."""

    call: Call
    ready: int
    prepared: int
    awarded: int
    euros: Decimal


def calls_to_decide(*, by: User, on: date) -> list[CallLine]:
    """Calls that have an opinion or a decision, the latest first; what this person stays away from is not counted.

    Three queries.
    """
    visible = Application.objects.visible_to(by, on=on)
    ready: dict[int, int] = defaultdict(int)
    for key in visible.filter(state=ApplicationState.OPINION, decision=None).values_list("call", flat=True):
        ready[key] += 1
    prepared: dict[int, int] = defaultdict(int)
    awarded: dict[int, list[Decimal]] = defaultdict(list)
    rows = Decision.objects.filter(application__in=visible, cancelled_at=None)
    for key, outcome, amount, confirmed in rows.values_list(
        "application__call", "outcome", "amount", "confirmed_at"
    ).order_by("pk"):
        if confirmed is None:
            prepared[key] += 1
        elif outcome == Outcome.GRANTED and amount is not None:
            awarded[key].append(amount)
    keys = {*ready, *prepared, *awarded}
    calls = Call.objects.filter(pk__in=keys).select_related("scheme__authority").order_by("-closes_at", "-pk")
    return [
        CallLine(one, ready[one.pk], prepared[one.pk], len(awarded[one.pk]), sum(awarded[one.pk], NOTHING))
        for one in calls
    ]


def decided_of(call: Call, *, by: User, on: date) -> QuerySet[Decision]:
    """Confirmed decisions of a call that this person may read, with all that their letters say. One query."""
    rows = Decision.objects.visible_to(by, on=on).confirmed().filter(application__call=call)
    return rows.select_related("application__call__scheme__authority", "application__organisation",
                               "application__commune").order_by("application__number")  # fmt: skip
