"""Is an application admissible? Points that somebody looks at, then one answer.

Words: a *point* is a key of `phrases.review.ITEMS`. Neighbours: `queries.admissibility` proposes, `completing` asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.actions.moving import move_application
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.actions.seen import hold, require_state
from maillage.calls.enums import ApplicationState
from maillage.calls.models import AdmissibilityCheck, Application
from maillage.calls.phrases import review as phrases
from maillage.calls.queries.own import people_of
from maillage.kernel.actions import journal
from maillage.kernel.models import JournalEntry
from maillage.outbox import actions as outbox

LOOKED_AT = (ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE, ApplicationState.INADMISSIBLE)


def check_admissibility(
    *, application: Application, points: Mapping[str, tuple[bool, str]], by: User, at: datetime
) -> None:
    """Keep what this person saw of some points: {point: (met, note)}. Raises CallRefused.

    A point that is not met says what is missing; one that was looked at before is said anew.
    """
    with transaction.atomic():
        row = hold(application, by=by)
        require_state(row, LOOKED_AT, phrases.MOVED)
        for item, (is_met, note) in points.items():
            if item not in phrases.ITEMS:
                raise CallRefused(phrases.UNKNOWN_ITEM)
            if not is_met and not note.strip():
                raise CallRefused(phrases.SAY_WHY_NOT, f"{item}_note")
            facts = {"is_met": is_met, "note": note.strip()[:300], "at": at, "by": by}
            AdmissibilityCheck.objects.update_or_create(application=row, item=item, defaults=facts)
        changes = {item: [None, is_met] for item, (is_met, _) in points.items()}
        journal(verb="check_admissibility", target=row, changes=changes, by=by, at=at)


def declare_admissible(*, application: Application, by: User, at: datetime) -> Application:
    """Every point is met: the jury may read. Raises CallRefused: a point not looked at, or not met."""
    with transaction.atomic():
        row = hold(application, by=by)
        checks = {one.item: one.is_met for one in row.checks.all()}
        if left := [item for item in phrases.ITEMS if item not in checks]:
            raise CallRefused(phrases.CHECK_ALL.format(count=len(left)))
        if wrong := [item for item in phrases.ITEMS if not checks[item]]:
            raise CallRefused(phrases.NOT_MET.format(label=phrases.ITEMS[wrong[0]].lower()))
        return move_application(application=row, to=ApplicationState.REVIEW, by=by, at=at)


def declare_inadmissible(*, application: Application, reason: str, by: User, at: datetime) -> Application:
    """It cannot be kept; its people read the reason. Raises CallRefused."""
    if not reason.strip():
        raise CallRefused(phrases.SAY_REASON, "reason")
    with transaction.atomic():
        row = hold(application, by=by)
        move_application(application=row, to=ApplicationState.INADMISSIBLE, by=by, at=at, why=reason.strip())
        for user in people_of(row):
            facts = {"reason": reason.strip()}
            outbox.post(kind="calls.inadmissible", to=user, about=row, facts=facts, at=at)
    return row


def note_application_reading(*, application: Application, by: User, at: datetime) -> None:
    """Somebody of the team or of the jury opened this file: written down once a day and person."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    known = JournalEntry.objects.filter(
        object_type=application._meta.label_lower, object_id=application.pk, verb="read_application",
        actor_id=by.pk, at__gte=today,
    )  # fmt: skip
    if not known.exists():
        journal(verb="read_application", target=application, changes={}, by=by, at=at)
