"""What becomes of the example applications that have the committee's opinion: by the verbs, each at another turn.

One is settled after a clawback, one is paid its advance and owes its report, one is refused, one is only prepared, one
is cancelled after its advance. Two organisations are one undertaking. Signed copies are invented papers.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.accounts.queries import holders
from maillage.calls.enums import ApplicationState, DecidingBody, Sense
from maillage.calls.models import Application, Opinion
from maillage.grants import actions
from maillage.grants.enums import SIGNED_COPIES, CancelGround, Ground, InstalmentKind, Outcome
from maillage.grants.models import Agreement, Decision
from maillage.grants.queries.agreements import proposal
from maillage.kernel.uploads import CheckedDocument, check_document
from ui.print.compile import typeset

EXAMPLE = "(donnée d’exemple)"


def plant_grants(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Twice without harm."""
    first, other = _two_agents(at)
    if first is None or other is None or Decision.objects.filter(is_example=True).exists():
        return {}
    waiting = Application.objects.filter(is_example=True, state=ApplicationState.OPINION).order_by("number")
    ready = [one for one in waiting.select_related("call__scheme") if _is_final(one)]
    plays = (_settled, _paid, _refused, _prepared, _cancelled)
    for play, application in zip(plays, ready, strict=False):
        play(application, first, other, at)
    _joined(ready, first, at)
    return {"décisions d’exemple": Decision.objects.filter(is_example=True).count()}


def _joined(ready: list[Application], by: User, at: datetime) -> None:
    """An organisation that was given something controls another one that asked: they count together."""
    own = ready[0].organisation if ready else None
    asked = Application.objects.filter(is_example=True, state=ApplicationState.INADMISSIBLE).order_by("number")
    other = asked.exclude(organisation=own).first()
    if own is not None and other is not None:
        actions.join_undertaking(
            organisation=other.organisation, to=actions.undertaking_of(own), by=by, at=at,
            reason=f"{own.name} nomme la majorité de son conseil d’administration {EXAMPLE}.",
        )  # fmt: skip


def _two_agents(at: datetime) -> tuple[User | None, User | None]:
    roles = [Role.AGENT, Role.ADMINISTRATOR]
    found = [one for one in holders(roles, on=timezone.localdate(at)) if one.is_example]
    return (found[0], found[1]) if len(found) > 1 else (None, None)


def _is_final(application: Application) -> bool:
    last = Opinion.objects.filter(application=application).order_by("-given_on", "-pk").first()
    return last is not None and last.sense != Sense.ADJOURNED


def _confirmed(
    proposed: actions.Proposed, application: Application, first: User, other: User, at: datetime
) -> Decision:
    """Prepared by one, confirmed by the other with an invented deliberation."""
    made = actions.prepare_decision(application=application, proposed=proposed, by=first, at=at)
    said = actions.Deliberation(
        f"{at.year}-{application.pk:03d} {EXAMPLE}", timezone.localdate(at), DecidingBody.COUNCIL
    )
    return actions.confirm_decision(decision=made, deliberation=said, by=other, at=at)


def _agreed(application: Application, first: User, other: User, at: datetime) -> Agreement:
    """Awarded, signed, its advance paid; the report is due in 25 days."""
    most = min(one for one in (application.requested, application.call.most) if one is not None)
    decision = _confirmed(actions.Proposed(Outcome.GRANTED, most), application, first, other, at)
    told, on = proposal(decision, timezone.localdate(at)), timezone.localdate(at)
    agreement = actions.draw_agreement(
        decision=decision, rate=told.rate, report_due_on=on + timedelta(days=25), instalments=told.instalments,
        by=first, at=at,
    )  # fmt: skip
    document = _signed_copy(at)
    for kind in SIGNED_COPIES:
        sent = actions.Sent(kind, document, signed_on=on)
        actions.add_grant_file(agreement=agreement, sent=sent, by=first, at=at)
    actions.sign_agreement(agreement=agreement, on=on, by=first, at=at)
    for row in agreement.instalments.filter(kind=InstalmentKind.ADVANCE):
        actions.prepare_payment(instalment=row, paid_on=on, order_number=f"EX-{row.pk:04d}", by=first, at=at)
        actions.confirm_payment(instalment=row, by=other, at=at)
    agreement.refresh_from_db()
    return agreement


def _paid(application: Application, first: User, other: User, at: datetime) -> None:
    _agreed(application, first, other, at)


def _settled(application: Application, first: User, other: User, at: datetime) -> None:
    """The project cost far less than forecast: part of the advance comes back."""
    agreement = _agreed(application, first, other, at)
    costs = (agreement.paid / 2 * 100 / agreement.rate).quantize(Decimal("0.01"))
    lines = [actions.Realised("606", costs), actions.Realised("756", costs)]
    report = actions.save_report(
        agreement=agreement, people=38, jobs=Decimal("0.5"), lines=lines, by=first, at=at,
        words={"done": f"La moitié des ateliers prévus a eu lieu {EXAMPLE}.", "places": f"Au printemps {EXAMPLE}.",
               "gaps": f"L’animatrice a été absente trois mois {EXAMPLE}."},
    )  # fmt: skip
    report = actions.submit_report(report=report, honour_by=f"Alice Exemple {EXAMPLE}", by=first, at=at)
    actions.accept_report(report=report, eligible=costs, by=first, at=at)
    for row in agreement.instalments.filter(confirmed_at=None):
        row.agreement = agreement
        actions.prepare_payment(
            instalment=row, paid_on=timezone.localdate(at), order_number=f"EX-{row.pk:04d}", by=first, at=at
        )
        actions.confirm_payment(instalment=row, by=other, at=at)


def _signed_copy(at: datetime) -> CheckedDocument:
    data = {"title": "Exemplaire signé", "name": EXAMPLE, "lines": ["Ce document est inventé."],
            "territory": "Maillage"}  # fmt: skip
    return check_document(io.BytesIO(typeset("example", data, at=at.replace(microsecond=0))))


def _cancelled(application: Application, first: User, other: User, at: datetime) -> None:
    """The place was not found: what was paid comes back, the money returns to the envelope."""
    agreement = _agreed(application, first, other, at)
    made = actions.prepare_cancellation(
        decision=agreement.decision, ground=CancelGround.NOT_DONE, by=first, at=at,
        reason=f"Le local prévu a été vendu, et aucun autre n’a été trouvé {EXAMPLE}.",
    )  # fmt: skip
    said = actions.Deliberation(
        f"{at.year}-{application.pk:03d} bis {EXAMPLE}", timezone.localdate(at), DecidingBody.COUNCIL
    )
    actions.cancel_grant(cancellation=made, deliberation=said, by=other, at=at)


def _refused(application: Application, first: User, other: User, at: datetime) -> None:
    proposed = actions.Proposed(
        Outcome.REFUSED, ground=Ground.COSTS,
        reason=f"L’appel n’aide pas l’achat de véhicules {EXAMPLE}.",
    )  # fmt: skip
    _confirmed(proposed, application, first, other, at)


def _prepared(application: Application, first: User, other: User, at: datetime) -> None:
    """It waits for the second person."""
    assert application.requested is not None
    proposed = actions.Proposed(Outcome.GRANTED, (application.requested / 2).quantize(Decimal("0.01")))
    actions.prepare_decision(application=application, proposed=proposed, by=first, at=at)
