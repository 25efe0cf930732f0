"""Rows for the tests of grants: an application with an opinion, a decision that is prepared, an award."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from maillage.accounts.models import User
from maillage.calls.enums import ApplicationState, DecidingBody, Sense
from maillage.calls.models import Application, ForecastLine, Opinion
from maillage.grants import actions
from maillage.grants.enums import Ground, Outcome
from maillage.grants.models import Agreement, Decision, Instalment, Report
from maillage.grants.queries.agreements import proposal
from tests.calls.world import AT, agent, an_application

OPINED = date(2026, 11, 20)
DELIBERATED = actions.Deliberation("2026-112", date(2026, 11, 24), DecidingBody.COUNCIL)


def second() -> User:
    """Another agent than the first."""
    return agent("seconde@exemple.test")


def judged(*args: Any, sense: Sense = Sense.FAVOURABLE, given_on: date = OPINED, **traits: Any) -> Application:
    """An application on which the committee gave its opinion."""
    made = an_application(*args, state=ApplicationState.OPINION, **traits)
    words = "" if sense == Sense.FAVOURABLE else "Le comité veut en savoir plus."
    Opinion.objects.create(application=made, sense=sense, words=words, given_on=given_on, at=AT)
    return made


def prepared(application: Application | None = None, amount: str = "5000", **traits: Any) -> Decision:
    """An award that waits for its second person."""
    proposed = actions.Proposed(Outcome.GRANTED, Decimal(amount), **traits)
    return actions.prepare_decision(application=application or judged(), proposed=proposed, by=agent(), at=AT)


def awarded(application: Application | None = None, amount: str = "5000", **traits: Any) -> Decision:
    """Money that was really given."""
    deliberation = traits.pop("deliberation", DELIBERATED)
    made = prepared(application, amount, **traits)
    return actions.confirm_decision(decision=made, deliberation=deliberation, by=second(), at=AT)


def refused(application: Application | None = None, **traits: Any) -> Decision:
    proposed = actions.Proposed(
        Outcome.REFUSED, reason="Les dépenses ne sont pas celles que l’appel aide.",
        **{"ground": Ground.COSTS, **traits},
    )  # fmt: skip
    made = actions.prepare_decision(application=application or judged(), proposed=proposed, by=agent(), at=AT)
    return actions.confirm_decision(decision=made, deliberation=DELIBERATED, by=second(), at=AT)


def drawn(decision: Decision | None = None, on: date = date(2026, 11, 25), **instead: Any) -> Agreement:
    """The agreement of an award, on the terms that the rules of its call give."""
    award = decision or awarded()
    told = proposal(award, on)
    facts: dict[str, Any] = {
        "rate": told.rate,
        "report_due_on": told.report_due_on,
        "instalments": told.instalments,
    } | instead
    return actions.draw_agreement(decision=award, by=agent(), at=AT, **facts)


def signed(decision: Decision | None = None, **instead: Any) -> Agreement:
    made = drawn(decision, **instead)
    return actions.sign_agreement(agreement=made, on=AT.date(), by=agent(), at=AT)


def paid(instalment: Instalment, order: str = "1204") -> Instalment:
    """A payment that two people recorded."""
    row = actions.prepare_payment(
        instalment=instalment, paid_on=AT.date(), order_number=order, by=agent(), at=AT
    )  # fmt: skip
    return actions.confirm_payment(instalment=row, by=second(), at=AT)


def reported(agreement: Agreement, costs: str = "12500", *, at: datetime = AT, **words: str) -> Report:
    """A report that was handed in, balanced, of so many euros."""
    author = agreement.decision.application.organisation.memberships.get().user
    lines = [actions.Realised("606", Decimal(costs)), actions.Realised("70", Decimal(costs))]
    told = {"done": "Douze ateliers, tenus à Ham.", "gaps": "Moins d’ateliers que prévu.", **words}
    report = actions.save_report(
        agreement=agreement, words=told, people=40, jobs=Decimal("1.5"), lines=lines, by=author, at=at
    )
    return actions.submit_report(report=report, honour_by="Claire Exemple", by=author, at=at)


def with_forecast(application: Application, costs: str = "12500") -> Application:
    """The same, with a balanced budget in which the aid is named."""
    ForecastLine.objects.create(application=application, code="606", amount=Decimal(costs))
    ForecastLine.objects.create(
        application=application, code="741", label="PETR des Exemples", amount=Decimal(costs), funding="asked"
    )
    return application
