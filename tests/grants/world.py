"""Rows for the tests of grants: an application with an opinion, a decision that is prepared, an award."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from maillage.accounts.models import User
from maillage.calls.enums import ApplicationState, DecidingBody, Sense
from maillage.calls.models import Application, Opinion
from maillage.grants import actions
from maillage.grants.enums import Ground, Outcome
from maillage.grants.models import Decision
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
