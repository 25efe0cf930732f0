"""Many decisions of a call at once: each stands or falls alone, and what is refused says why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from maillage.accounts.models import User
from maillage.calls.models import Application
from maillage.grants.actions.deciding import Deliberation, Proposed, confirm_decision, prepare_decision
from maillage.grants.actions.refusal import GrantRefused
from maillage.grants.models import Decision


def prepare_many(
    *, proposals: Iterable[tuple[Application, Proposed]], by: User, at: datetime
) -> tuple[list[Decision], dict[int, GrantRefused]]:
    """(those that were prepared, {application: why not})."""
    done, refused = [], {}
    for application, proposed in proposals:
        try:
            done.append(prepare_decision(application=application, proposed=proposed, by=by, at=at))
        except GrantRefused as refusal:
            refused[application.pk] = refusal
    return done, refused


def confirm_many(
    *, decisions: Iterable[tuple[Decision, datetime]], deliberation: Deliberation | None, by: User, at: datetime
) -> tuple[list[Decision], dict[int, GrantRefused]]:
    """(those that were confirmed, {application: why not}); each with when what the person read was prepared."""
    done, refused = [], {}
    for decision, seen in decisions:
        try:
            done.append(confirm_decision(decision=decision, deliberation=deliberation, by=by, at=at, seen=seen))
        except GrantRefused as refusal:
            refused[decision.application_id] = refusal
    return done, refused
