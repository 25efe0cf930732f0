"""Grants as agents and their people find them: lists, one grant, what waits in the back office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.budget import Account, grid
from maillage.calls.models import Application
from maillage.grants import terms
from maillage.grants.enums import Outcome
from maillage.grants.models import Decision, DeMinimisAid, GrantFile, Instalment, Reduction, Report
from maillage.grants.queries import sums
from maillage.grants.queries.agreements import files_of, instalments_of, publish_by, to_publish
from maillage.grants.rules import may_decide
from ui import french

LISTS = {
    "a-signer": "À conclure", "a-verser": "À verser", "bilans": "Bilans attendus", "a-lire": "Bilans à lire",
    "a-publier": "À publier", "soldees": "Soldées", "annulees": "Annulées", "toutes": "Toutes",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the list is asked for. words: in the number, the title, the name; "" leaves them out."""

    which: str = "toutes"
    words: str = ""


def _awards(by: User, on: date) -> QuerySet[Decision]:
    return Decision.objects.visible_to(by, on=on).filter(outcome=Outcome.GRANTED, confirmed_at__isnull=False)


def listed(asked: Asked, *, by: User, on: date) -> QuerySet[Decision]:
    """Awards of one list that this person may read, each with application, call and agreement. One query."""
    rows = _of_list(_awards(by, on), asked.which)
    if asked.words:
        fields = ("number", "title", "legal_name", "organisation__name")
        found = (Q(**{f"application__{one}__icontains": asked.words}) for one in fields)
        rows = rows.filter(reduce(or_, found))
    rows = rows.select_related("application__organisation", "application__call", "agreement__report")
    return rows.order_by("-deliberated_on", "-pk")


def _of_list(rows: QuerySet[Decision], which: str) -> QuerySet[Decision]:
    settled = Q(agreement__report__accepted_at__isnull=False)
    waiting = Instalment.objects.filter(confirmed_at=None).values("agreement")
    if which == "annulees":
        return rows.filter(cancelled_at__isnull=False)
    if which not in ("toutes", "a-verser"):  # what a cancelled award was paid is still to come back
        rows = rows.filter(cancelled_at=None)
    if which == "a-signer":
        return rows.filter(Q(agreement=None) | Q(agreement__signed_on=None))
    if which == "a-verser":
        return rows.filter(agreement__signed_on__isnull=False, agreement__in=waiting)
    if which == "bilans":
        awaited = Q(agreement__report=None) | Q(agreement__report__submitted_at=None)
        return rows.filter(awaited, agreement__signed_on__isnull=False)
    if which == "a-lire":
        return rows.filter(agreement__report__submitted_at__isnull=False, agreement__report__accepted_at=None)
    if which == "a-publier":
        return rows.filter(agreement__signed_on__isnull=False, agreement__published_at=None)
    return rows.filter(settled).exclude(agreement__in=waiting) if which == "soldees" else rows


def counts(*, by: User, on: date) -> dict[str, int]:
    """How many in each list that waits; five queries."""
    rows = _awards(by, on)
    return {which: _of_list(rows, which).count() for which in ("a-signer", "a-verser", "bilans", "a-lire", "a-publier")}


def office_sums(*, by: User, on: date) -> list[tuple[str, list[sums.Line]]]:
    """(heading, lines) of what was granted, paid and is left, over awards that this person may read. Two queries."""
    rows = _awards(by, on).filter(cancelled_at=None)
    told = [("Par année", sums.by_year(rows)), ("Par thème", sums.by_theme(rows))]
    return [(heading, lines) for heading, lines in told if lines]


def one_grant(pk: int, *, by: User, on: date) -> QuerySet[Decision]:
    """The decision of this number, when this person may read its file."""
    rows = Decision.objects.visible_to(by, on=on).confirmed()
    return rows.filter(pk=pk).select_related(
        "application__call__scheme__authority", "application__organisation", "application__commune", "line",
        "prepared_by", "confirmed_by", "criterion", "project", "agreement__report", "cancellation__prepared_by",
        "cancellation__confirmed_by",
    )  # fmt: skip


@dataclass(frozen=True)
class AccountLine:
    """A line of the report. forecast, realised: euros; gap: realised less forecast."""

    code: str
    label: str
    detail: str
    side: str
    forecast: Any
    realised: Any

    @property
    def gap(self) -> Any:
        return self.realised - self.forecast


def report_lines(report: Report, on: date) -> list[AccountLine]:
    """What a report says, account by account; one query."""
    named = {one.code: one for one in grid(on)}
    return [
        AccountLine(
            one.code, _label(named, one.code), one.label, named[one.code].side if one.code in named else "",
            one.forecast, one.realised,
        )
        for one in report.lines.order_by("code", "label")
    ]  # fmt: skip


def _label(named: dict[str, Account], code: str) -> str:
    return named[code].label if code in named else f"Compte {code}"


def reductions_of(decision: Decision) -> list[Reduction]:
    """Those that were confirmed, in their order, then the one that waits; one query."""
    rows = decision.reductions.select_related("prepared_by", "confirmed_by")
    found = list(rows.order_by(F("confirmed_at").asc(nulls_last=True), "pk"))
    for one in found:
        one.decision = decision
    return found


def grant_file(decision: Decision, on: date) -> dict[str, Any]:
    """What a page shows of a grant besides its decision. Five queries."""
    agreement = decision.drawn
    report = agreement.written if agreement else None
    return {
        "agreement": agreement,
        "instalments": instalments_of(agreement) if agreement else [],
        "reductions": reductions_of(decision),
        "files": files_of(agreement) if agreement else [],
        "report": report,
        "lines": report_lines(report, on) if report else [],
        "publish_by": publish_by(agreement.signed_on) if agreement and agreement.signed_on else None,
    }


def own_grant(user: User, reference: str) -> Decision | None:
    """The confirmed decision on an application that this person's organisations hold."""
    held = Application.objects.written_by(user)
    rows = Decision.objects.confirmed().filter(application__in=held, application__reference=reference)
    return rows.select_related(
        "application__call__scheme__authority", "application__organisation", "agreement__report", "cancellation"
    ).first()


def own_file(user: User, reference: str, pk: int) -> GrantFile | None:
    """A document of a grant that this person's organisations hold; what the team alone gave them is theirs too."""
    held = Application.objects.written_by(user).filter(reference=reference)
    rows = GrantFile.objects.filter(agreement__decision__application__in=held, pk=pk)
    return rows.select_related("agreement__decision__application", "agreement__report", "instalment").first()


def office_file(decision: Decision, pk: int) -> GrantFile | None:
    """A document of a grant whose file this person may read: `decision` was found so."""
    rows = GrantFile.objects.filter(agreement__decision=decision, pk=pk)
    return rows.select_related("agreement__decision__application", "agreement__report", "instalment").first()


def own_panel(user: User) -> dict[str, Any] | None:
    """What /moi/ says of one's grants; None without any. One query."""
    rows = Decision.objects.confirmed().filter(application__in=Application.objects.written_by(user))
    found = list(rows.select_related("application", "agreement").order_by("-deliberated_on", "-pk")[:20])
    return {"decisions": found} if found else None


def office_panel(user: User) -> dict[str, Any] | None:
    """On the home of the back office: what waits for money; None when nothing does."""
    on = timezone.localdate()
    if not may_decide(user, on=on):
        return None
    waiting = counts(by=user, on=on)
    rows = Decision.objects.visible_to(user, on=on)
    publish = list(to_publish(rows, on)[:1])
    payments = Instalment.objects.filter(
        agreement__decision__in=rows, prepared_at__isnull=False, confirmed_at=None
    ).count()  # fmt: skip
    limit = terms.number("register_days", on)
    late = DeMinimisAid.objects.filter(decision__in=rows, declared_at=None).count()
    prepared = rows.prepared().count()
    if not any([*waiting.values(), payments, late, prepared]):
        return None
    return {
        "lines": [line for line in _lines(waiting) if line],
        "prepared": prepared, "payments": payments, "register": late, "register_days": limit,
        "publish_by": publish_by(publish[0].signed_on) if publish and publish[0].signed_on else None, "today": on,
    }  # fmt: skip


def _lines(waiting: dict[str, int]) -> list[tuple[str, str]]:
    told = (
        ("a-signer", "aide à conclure,aides à conclure"), ("a-lire", "bilan à lire,bilans à lire"),
        ("a-verser", "aide avec un versement prévu,aides avec un versement prévu"),
        ("a-publier", "aide à publier,aides à publier"), ("bilans", "bilan attendu,bilans attendus"),
    )  # fmt: skip
    return [(key, french.plural(waiting[key], *words.split(","))) for key, words in told if waiting[key]]
