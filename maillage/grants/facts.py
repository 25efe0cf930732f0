"""What follows from one decision or application: whether it counts de minimis, what its letter says.

The same sentences are read on screen, in the mail and on paper.
"""

from __future__ import annotations

from maillage.calls.enums import DecidingBody, StateAid
from maillage.calls.models import Application
from maillage.grants import terms
from maillage.grants.enums import SUMMED, Outcome
from maillage.grants.models import Decision
from maillage.grants.phrases import letters as phrases


def is_summed(application: Application) -> bool:
    """Does an award to this application count *de minimis*? Yes unless it says that nothing economic is done."""
    return application.call.scheme.state_aid in SUMMED and application.is_economic is not False


def sentences_of(decision: Decision) -> list[str]:
    """Paragraphs of the letter of a confirmed decision. No query when application, call, scheme and authority are
    loaded."""
    application = decision.application
    said = [_first(decision)]
    if decision.deliberated_on is not None:
        body = str(DecidingBody(decision.body).label)
        said.append(phrases.deliberated(body, decision.deliberation, decision.deliberated_on))
    if decision.reason:
        said.append(phrases.reason(decision.reason))
    if decision.outcome == Outcome.GRANTED:
        if is_summed(application):
            said.append(phrases.de_minimis(str(StateAid(application.call.scheme.state_aid).label)))
        said.append(phrases.NEXT_AGREEMENT)
    if decision.outcome == Outcome.REFUSED and decision.deliberated_on is not None:
        authority = application.call.scheme.authority
        months = terms.number("appeal_months", decision.deliberated_on)
        said += [phrases.NO_RIGHT, phrases.appeal(authority.court, authority.name, months)]
    return said


def _first(decision: Decision) -> str:
    title = decision.application.title
    if decision.outcome == Outcome.GRANTED:
        assert decision.amount is not None
        return phrases.awarded(decision.amount, title)
    return phrases.refused(title) if decision.outcome == Outcome.REFUSED else phrases.DROPPED
