"""What follows from one decision or application: whether it counts de minimis, what its letter says.

The same sentences are read on screen, in the mail and on paper.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from maillage.calls.enums import DecidingBody, StateAid
from maillage.calls.models import Application
from maillage.grants import terms
from maillage.grants.enums import SUMMED, Outcome
from maillage.grants.models import Agreement, Cancellation, Decision, Reduction
from maillage.grants.phrases import cancelling, reducing
from maillage.grants.phrases import letters as phrases

CENT = Decimal("0.01")
NATURAL = "Entreprise individuelle"
# INSEE, legal category 1 (entrepreneur individuel): a person who works under their own name.
NATURAL_FORMS = "1"


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


def cancelled_sentences(cancellation: Cancellation) -> list[str]:
    """Paragraphs of the letter of a confirmed cancellation. No query when all that they name is loaded."""
    decision, day = cancellation.decision, cancellation.deliberated_on
    assert decision.amount is not None
    assert day is not None
    application = decision.application
    body = str(DecidingBody(cancellation.body).label)
    authority = application.call.scheme.authority
    back = cancelling.NOTHING_DUE
    if cancellation.due_on is not None:
        back = cancelling.due_back(cancellation.due_back, cancellation.due_on)
    return [
        cancelling.ended(decision.amount, application.title),
        phrases.deliberated(body, cancellation.deliberation, day),
        phrases.reason(cancellation.reason),
        back,
        phrases.appeal(authority.court, authority.name, terms.number("appeal_months", day)),
    ]


def reduced_sentences(reduction: Reduction) -> list[str]:
    """Paragraphs of the letter of a confirmed reduction. No query when all that they name is loaded."""
    application, day = reduction.decision.application, reduction.deliberated_on
    assert reduction.before is not None
    assert day is not None
    authority = application.call.scheme.authority
    back = reducing.NOTHING_DUE
    if reduction.due_on is not None:
        back = reducing.due_back(reduction.due_back, reduction.due_on)
    return [
        reducing.reduced(reduction.before, reduction.amount, application.title),
        phrases.deliberated(str(DecidingBody(reduction.body).label), reduction.deliberation, day),
        phrases.reason(reduction.reason),
        back,
        phrases.appeal(authority.court, authority.name, terms.number("appeal_months", day)),
    ]


def _first(decision: Decision) -> str:
    title = decision.application.title
    if decision.outcome == Outcome.GRANTED:
        assert decision.decided_amount is not None
        return phrases.awarded(decision.decided_amount, title)
    return phrases.refused(title) if decision.outcome == Outcome.REFUSED else phrases.DROPPED


def default_rate(decision: Decision, charges: Decimal) -> Decimal:
    """Percent of the costs that the award pays: its share of the forecast, at most the rate of the call.

    charges: forecast costs in euros, zero when unknown. Rounded up, so that a project done as forecast loses no cent.
    """
    most = decision.application.call.max_rate
    if not charges or decision.amount is None:
        return most
    share = (decision.amount * 100 / charges).quantize(CENT, rounding=ROUND_UP)
    return min(most, share) if share > 0 else most


def due(granted: Decimal, rate: Decimal, eligible: Decimal) -> Decimal:
    """What the award comes to, in euros: never more than was granted, nor than its share of the costs."""
    return min(granted, (eligible * rate / 100).quantize(CENT, rounding=ROUND_HALF_UP))


def balance(agreement: Agreement, eligible: Decimal) -> Decimal:
    """What is still to pay once the report is accepted; negative, what is to be given back."""
    return due(agreement.granted, agreement.rate, eligible) - agreement.paid


def is_natural(legal_form: str) -> bool:
    """Is this a person who works under their own name?"""
    return legal_form.startswith(NATURAL_FORMS)


def beneficiary(name: str, legal_form: str) -> str:
    """How a beneficiary is named in public: a natural person never is."""
    return NATURAL if is_natural(legal_form) else name
