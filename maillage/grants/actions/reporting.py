"""Report on a grant: what was done and spent, read and accepted by an agent, who learns what is still to pay.

Words: *realised* is what was really spent or received. Neighbours: `calls.budget` has the grid, `facts` the balance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.budget import grid, totals
from maillage.calls.enums import ApplicationState
from maillage.calls.models import Application
from maillage.grants.actions.agreeing import check_person, hold_award
from maillage.grants.actions.paying import moved, settle_when_done
from maillage.grants.actions.refusal import GrantRefused
from maillage.grants.actions.telling import tell
from maillage.grants.enums import InstalmentKind
from maillage.grants.facts import balance
from maillage.grants.models import Agreement, Instalment, Report, ReportLine
from maillage.grants.phrases import agreements as phrases
from maillage.grants.queries.agreements import to_remind
from maillage.kernel.actions import journal

NOTHING, GAP = Decimal(0), Decimal("0.10")


@dataclass(frozen=True)
class Realised:
    """What one account of the grid came to, in euros. label: the funder, where the grid asks for one."""

    code: str
    amount: Decimal
    label: str = ""


@dataclass(frozen=True)
class _Sum:
    code: str
    amount: Decimal
    funding: str = ""


def save_report(
    *, agreement: Agreement, words: Mapping[str, str], people: int | None, lines: Iterable[Realised], by: User,
    at: datetime, jobs: Decimal | None = None,
) -> Report:  # fmt: skip
    """Keep the report as it is written so far; it is handed in by `submit_report`.

    words: by the fields of `phrases.REPORT_FIELDS`; jobs: full-time equivalents. Raises GrantRefused: handed in
    already, an unknown account, the award was cancelled.
    """
    with transaction.atomic():
        hold_award(agreement)
        report, _ = Report.objects.get_or_create(agreement=agreement, defaults={"changed_at": at})
        _check_writable(report)
        told = {name: words.get(name, "").strip() for name in phrases.REPORT_FIELDS}
        open_one = Report.objects.filter(pk=report.pk, submitted_at=None)
        if not open_one.update(**told, people=people, jobs=jobs, changed_at=at):
            raise GrantRefused(phrases.REPORT_IS_IN)
        _write_lines(report, lines, at)
        report.refresh_from_db()
    return report


def _check_writable(report: Report) -> None:
    if report.accepted_at is not None:
        raise GrantRefused(phrases.REPORT_ACCEPTED)
    if report.submitted_at is not None:
        raise GrantRefused(phrases.REPORT_IS_IN)


def _write_lines(report: Report, lines: Iterable[Realised], at: datetime) -> None:
    """Every line of the forecast, and what was realised besides."""
    accounts = {one.code for one in grid(timezone.localdate(at)) if not one.is_heading}
    application = report.agreement.decision.application
    rows = {
        (one.code, one.label): ReportLine(report=report, code=one.code, label=one.label, forecast=one.amount)
        for one in application.forecast.order_by("code", "label")
    }
    for said in lines:
        if said.code not in accounts and (said.code, said.label) not in rows:
            raise GrantRefused(phrases.UNKNOWN_ACCOUNT)
        row = rows.setdefault(
            (said.code, said.label), ReportLine(report=report, code=said.code, label=said.label)
        )  # fmt: skip
        row.realised = said.amount
    report.lines.all().delete()
    ReportLine.objects.bulk_create(one for one in rows.values() if one.forecast or one.realised)


def submit_report(*, report: Report, honour_by: str, by: User, at: datetime) -> Report:
    """Hand the report in: whole, attested, with an explanation of the gaps. Raises GrantRefused."""
    _check_writable(report)
    if not report.done:
        raise GrantRefused(phrases.SAY_DONE, "done")
    if not honour_by.strip():
        raise GrantRefused(phrases.SAY_WHO, "honour_by")
    _check_money(report)
    values: dict[str, Any] = {
        "submitted_at": at, "submitted_by": by, "honour_by": honour_by.strip(), "asked_again": "",
    }  # fmt: skip
    with transaction.atomic():
        hold_award(report.agreement)
        if not Report.objects.filter(pk=report.pk, submitted_at=None).update(**values):
            raise GrantRefused(phrases.REPORT_IS_IN)
        application = Application.objects.get(decision__agreement=report.agreement_id)
        if application.state in (ApplicationState.AGREED, ApplicationState.PAYING):
            moved(application, ApplicationState.REPORTING, by, at)
        journal(verb="submit_report", target=report, changes={"submitted": [None, True]}, by=by, at=at)
        report.refresh_from_db()
    return report


def _check_money(report: Report) -> None:
    lines = list(report.lines.order_by("code", "label"))
    realised = totals(_Sum(one.code, one.realised) for one in lines)
    forecast = totals(_Sum(one.code, one.forecast) for one in lines)
    if not realised.charges:
        raise GrantRefused(phrases.NO_COSTS)
    if not realised.is_balanced:
        raise GrantRefused(" ".join(realised.gaps))
    is_far = abs(realised.charges - forecast.charges) > GAP * forecast.charges
    if is_far and not report.gaps:
        raise GrantRefused(phrases.SAY_GAPS, "gaps")


def ask_report_again(*, report: Report, words: str, by: User, at: datetime) -> None:
    """Give the report back to its people, saying what is missing. Raises GrantRefused."""
    if not words.strip():
        raise GrantRefused(phrases.SAY_WHAT_IS_MISSING, "words")
    with transaction.atomic():
        check_person(report.agreement.decision, by)
        hold_award(report.agreement)
        given = Report.objects.filter(pk=report.pk, submitted_at__isnull=False, accepted_at=None)
        if not given.update(submitted_at=None, submitted_by=None, asked_again=words.strip()):
            raise GrantRefused(phrases.REPORT_NOT_IN)
        report.refresh_from_db()
        journal(verb="ask_report_again", target=report, changes={"submitted": [True, None]}, by=by, at=at)
        tell("grants.report_again", report.agreement.decision.application, about=report, at=at)


def accept_report(*, report: Report, eligible: Decimal, by: User, at: datetime) -> Decimal:
    """The costs that count are these: what is still to pay, or (negative) to give back, in euros.

    The balance becomes the only payment to come; without any, the grant is settled. Raises GrantRefused.
    """
    agreement = report.agreement
    lines = report.lines.order_by("code", "label")
    if eligible < 0 or eligible > totals(_Sum(one.code, one.realised) for one in lines).charges:
        raise GrantRefused(phrases.TOO_ELIGIBLE, "eligible")
    with transaction.atomic():
        check_person(agreement.decision, by)
        hold_award(agreement)
        given = Report.objects.filter(pk=report.pk, submitted_at__isnull=False, accepted_at=None)
        if not given.update(eligible=eligible, accepted_at=at, accepted_by=by):
            raise GrantRefused(phrases.REPORT_NOT_IN)
        agreement.refresh_from_db()
        remaining = balance(agreement, eligible)
        _plan_balance(agreement, remaining, at)
        report.refresh_from_db()
        changes = {"eligible": [None, str(eligible)], "balance": [None, str(remaining)]}
        journal(verb="accept_report", target=report, changes=changes, by=by, at=at)
        application = Application.objects.get(decision__agreement=agreement)
        settle_when_done(agreement, application, by, at)
        tell("grants.report_accepted", application, about=report, at=at, balance=str(remaining))
    return remaining


def _plan_balance(agreement: Agreement, remaining: Decimal, at: datetime) -> None:
    waiting = Instalment.objects.filter(agreement=agreement, confirmed_at=None)
    if waiting.filter(prepared_at__isnull=False).exists():
        raise GrantRefused(phrases.PAYMENT_WAITS)
    waiting.delete()
    if remaining:
        kind = InstalmentKind.FINAL if remaining > NOTHING else InstalmentKind.CLAWBACK
        planned_on = timezone.localdate(at) + timedelta(days=30)
        Instalment.objects.create(agreement=agreement, kind=kind, amount=abs(remaining), planned_on=planned_on)


def remind_reports(*, at: datetime) -> int:
    """Write 30 then 7 days before a report is due to whoever owes it; how many letters. Twice in a day does no harm."""
    return sum(_remind(one, step, at) for one, step in to_remind(timezone.localdate(at)))


def _remind(agreement: Agreement, step: int, at: datetime) -> int:
    with transaction.atomic():
        before = agreement.reminded_for
        if not Agreement.objects.filter(pk=agreement.pk, reminded_for=before).update(reminded_for=step):
            return 0
        application = agreement.decision.application
        if application.state in (ApplicationState.AGREED, ApplicationState.PAYING):
            moved(application, ApplicationState.REPORTING, None, at)
        changes = {"reminded_for": [before, step]}
        journal(verb="remind_report", target=agreement, changes=changes, by=None, at=at)
        once = f"grants.report_due:{agreement.pk}:{agreement.report_due_on}:{step}"
        return len(tell("grants.report_due", application, about=agreement, at=at, once=once))
