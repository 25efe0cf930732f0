"""Agreements as they are proposed, followed and awaited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from django.db.models import Q, QuerySet

from maillage.calls.budget import totals
from maillage.grants import terms
from maillage.grants.enums import AgreementKind, InstalmentKind
from maillage.grants.facts import CENT, default_rate
from maillage.grants.models import Agreement, Decision, GrantFile, Instalment
from maillage.kernel.dated import months_before

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Planned:
    """One payment to come, in euros. asks: the document without which it is not paid, "" for none."""

    kind: InstalmentKind
    amount: Decimal
    planned_on: date
    asks: str = ""


@dataclass(frozen=True)
class Proposal:
    """The terms that the rules of the call give; an agent may change them before the signature."""

    kind: AgreementKind
    rate: Decimal
    report_due_on: date
    instalments: tuple[Planned, ...]


def proposal(decision: Decision, on: date) -> Proposal:
    """What an agreement of that day would say: the call's advance now, the rest when its report is due."""
    assert decision.amount is not None
    application = decision.application
    ends = application.ends_on or application.call.project_to or on
    report_due_on = months_before(max(ends, on), -application.call.report_months)
    advance = (decision.amount * application.call.advance_rate / 100).quantize(CENT, rounding=ROUND_DOWN)
    planned = (
        Planned(InstalmentKind.ADVANCE, advance, on),
        Planned(InstalmentKind.FINAL, decision.amount - advance, report_due_on),
    )
    return Proposal(
        terms.agreement_kind(decision.amount, on),
        default_rate(decision, totals(application.forecast.all()).charges),
        report_due_on,
        tuple(one for one in planned if one.amount > 0),
    )


def instalments_of(agreement: Agreement) -> list[Instalment]:
    """Its payments, in the order of their days; one query."""
    return list(agreement.instalments.select_related("prepared_by").order_by("planned_on", "pk"))


def to_publish(rows: QuerySet[Decision], on: date) -> QuerySet[Agreement]:
    """Signed agreements of these decisions that nobody noted as published, the most pressing first."""
    return Agreement.objects.filter(
        decision__in=rows, decision__cancelled_at=None, signed_on__isnull=False, published_at=None
    ).order_by("signed_on", "pk")  # fmt: skip


def files_of(agreement: Agreement) -> list[GrantFile]:
    """Its documents, the latest first; one query."""
    rows = agreement.files.select_related("instalment", "added_by").order_by("-added_at", "-pk")
    return [_with(agreement, one) for one in rows]


def _with(agreement: Agreement, file: GrantFile) -> GrantFile:
    file.agreement = agreement
    return file


def publish_by(signed_on: date) -> date:
    """The last day to publish a grant."""
    return months_before(signed_on, -terms.number("publish_months", signed_on))


def reports_awaited(on: date) -> QuerySet[Agreement]:
    """Signed agreements whose report was not handed in."""
    waiting = Q(report=None) | Q(report__submitted_at=None)
    return Agreement.objects.filter(waiting, signed_on__isnull=False, decision__cancelled_at=None)


def to_remind(on: date) -> list[tuple[Agreement, int]]:
    """(agreement, days of the step) of the reports whose turn has come: 30 days before, then 7; never the same twice.

    One query.
    """
    steps = sorted((terms.number("remind_first", on), terms.number("remind_last", on)))
    rows = reports_awaited(on).filter(report_due_on__gte=on, report_due_on__lte=on + timedelta(days=steps[-1]))
    found = []
    for one in rows.select_related("decision__application__organisation").order_by("pk"):
        step = next(step for step in steps if (one.report_due_on - on).days <= step)
        if one.reminded_for is None or one.reminded_for > step:
            found.append((one, step))
    return found
