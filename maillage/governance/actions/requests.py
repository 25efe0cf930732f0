"""An organisation asks for a seat; an agent accepts, or says why not.

Neighbours: the manager of the organisation (`space`) asks; `members` makes the mandate.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.governance import phrases
from maillage.governance.actions.members import admit_member
from maillage.governance.actions.refusal import GovernanceRefused
from maillage.governance.enums import Joining, RequestState
from maillage.governance.models import Body, JoinRequest, Member
from maillage.governance.rules import running
from maillage.kernel.actions import journal
from maillage.outbox.actions import post


def ask_to_join(
    *, body: Body, organisation: Organisation, words: str, accepts_charter: bool, by: User, at: datetime
) -> JoinRequest:
    """Ask an agent for a seat. Raises GovernanceRefused: asked or seated already, charter not accepted, other door.

    Whoever calls has seen that `by` manages the organisation.
    """
    if body.joining != Joining.ON_ACCEPTANCE:
        raise GovernanceRefused(phrases.NOT_OPEN)
    if body.charter and not accepts_charter:
        raise GovernanceRefused(phrases.CHARTER_FIRST, "charter")
    seated = Member.objects.filter(running(timezone.localdate(at)), body=body, organisation=organisation)
    if seated.exists():
        raise GovernanceRefused(phrases.ALREADY_IN, "organisation")
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                body=body, organisation=organisation, user=by, words=words.strip(), opened_at=at,
                charter_at=at if body.charter else None,
            )  # fmt: skip
            journal(verb="ask_to_join", target=body, changes={"request": [None, request.pk]}, by=by, at=at)
    except IntegrityError as error:
        raise GovernanceRefused(phrases.ALREADY_ASKED, "organisation") from error
    return request


def decide_request(*, request: JoinRequest, is_accepted: bool, reason: str, by: User, at: datetime) -> JoinRequest:
    """Accept or refuse; who asked is told by letter. Raises GovernanceRefused (decided, no reason, already there)."""
    if not is_accepted and not reason.strip():
        raise GovernanceRefused(phrases.NEEDS_REASON, "reason")
    with transaction.atomic():
        rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("body", "organisation", "user")
        kept = rows.get(pk=request.pk)
        if kept.state != RequestState.OPEN:
            raise GovernanceRefused(phrases.DECIDED)
        if is_accepted:
            facts = {"name": kept.user.get_full_name(), "organisation": kept.organisation}
            admit_member(
                body=kept.body, email=kept.user.email, facts=facts, charter_at=kept.charter_at, by=by, at=at
            )  # fmt: skip
        kept.state = RequestState.ACCEPTED if is_accepted else RequestState.REFUSED
        kept.reason, kept.decided_at, kept.decided_by = reason.strip()[:300], at, by
        kept.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        changes = {"request": [kept.pk, None], "state": [RequestState.OPEN.value, kept.state]}
        journal(verb="decide_join", target=kept.body, changes=changes, by=by, at=at, note=kept.reason)
        post(kind="governance.join_decided", to=kept.user, about=kept, at=at)
    return kept
