"""Who prepares calls, who applies and for whom. What each person may read is said by `visible_to`."""

from __future__ import annotations

from datetime import date

from maillage.accounts.models import User
from maillage.accounts.rules import YES, Decision, Person, may_enter_back_office
from maillage.calls.enums import CoApplicantState
from maillage.calls.models import Application, CoApplicant
from maillage.calls.phrases import applying as phrases
from maillage.directory.models import Organisation
from maillage.space import rules as space
from maillage.space.enums import Part

NOT_YOURS = Decision(False, phrases.NOT_YOURS)


def may_keep_calls(person: Person, *, on: date) -> Decision:
    """Schemes, envelopes, calls: the agents."""
    return may_enter_back_office(person, on=on)


def may_apply(person: Person, organisation: Organisation) -> Decision:
    """In the name of an organisation: its manager and its contributors."""
    return YES if space.may_revise(person, organisation) else NOT_YOURS


def may_write(person: Person, application: Application, *, on: date) -> Decision:
    """The people of the organisations that hold it, unless they stay away from it."""
    if not isinstance(person, User):
        return NOT_YOURS
    rows = Application.objects.visible_to(person, on=on).written_by(person)
    return YES if rows.filter(pk=application.pk).exists() else NOT_YOURS


def may_answer(person: Person, invited: CoApplicant) -> Decision:
    """An invitation to join a project: the manager of the organisation that is asked, once."""
    if space.part_in(person, invited.organisation) != Part.MANAGER:
        return Decision(False, space.MANAGER_ONLY.reason)
    return YES if invited.state == CoApplicantState.ASKED else Decision(False, phrases.ANSWERED)


def may_examine(person: Person, *, on: date) -> Decision:
    """Applications in the back office: the agents; each then meets those of `visible_to` alone."""
    return may_enter_back_office(person, on=on)
