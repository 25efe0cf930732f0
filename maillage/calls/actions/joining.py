"""Bring other organisations into an application: invite, answer, take away; while it is a draft, or opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.calls import keys
from maillage.calls.actions.applying import held, require_open
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.enums import CoApplicantState
from maillage.calls.models import Application, CoApplicant
from maillage.calls.phrases import applying as phrases
from maillage.calls.queries.own import people_of
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox
from maillage.space.enums import Part
from maillage.space.models import Membership


def invite_organisation(
    *, application: Application, organisation: Organisation, part: str, by: User | None, at: datetime
) -> CoApplicant:
    """Ask an organisation of the directory to join; its manager gets a letter. One that declined may be asked again.

    Raises CallRefused: it is there already, or nobody acts for it here, or the application was sent
    and this part was not opened again.
    """
    with transaction.atomic():
        row = _open(application)
        if organisation.pk == row.organisation_id:
            raise CallRefused(phrases.ALREADY_THERE, "words")
        managers = Membership.objects.filter(organisation=organisation, part=Part.MANAGER, user__is_active=True)
        if (manager := managers.select_related("user").first()) is None:
            raise CallRefused(phrases.NOBODY_THERE, "words")
        facts = {"part": part.strip()[:200], "asked_at": at}
        one, is_new = CoApplicant.objects.get_or_create(application=row, organisation=organisation, defaults=facts)
        if not is_new:
            if one.state != CoApplicantState.DECLINED:
                raise CallRefused(phrases.ALREADY_THERE, "words")
            one.part, one.asked_at, one.answered_at, one.state = part.strip()[:200], at, None, CoApplicantState.ASKED
            one.save()
        outbox.post(kind="calls.joining", to=manager.user, about=one, at=at)
        journal(verb="invite_organisation", target=row, changes={"with": [None, organisation.pk]}, by=by, at=at)
    return one


def answer_invitation(*, invited: CoApplicant, agrees: bool, by: User | None, at: datetime) -> CoApplicant:
    """Agree to join, which opens the application to its people, or not. Raises CallRefused: answered, or sent."""
    with transaction.atomic():
        row = _open(invited.application)
        state = CoApplicantState.AGREED if agrees else CoApplicantState.DECLINED
        rows = CoApplicant.objects.filter(pk=invited.pk, state=CoApplicantState.ASKED)
        if not rows.update(state=state, answered_at=at):
            raise CallRefused(phrases.ANSWERED)
        changes = {"with": [invited.organisation_id, state.value]}
        journal(verb="answer_invitation", target=row, changes=changes, by=by, at=at)
        invited.refresh_from_db()
        for user in people_of(row):
            if by is None or user.pk != by.pk:
                outbox.post(kind="calls.joined", to=user, about=invited, at=at)
    return invited


def remove_organisation(*, invited: CoApplicant, by: User | None, at: datetime) -> None:
    """Take an organisation away: its people no longer read the application. Raises CallRefused once it is sent."""
    with transaction.atomic():
        row = _open(invited.application)
        journal(
            verb="remove_organisation", target=row, changes={"with": [invited.organisation_id, None]}, by=by, at=at
        )  # fmt: skip
        CoApplicant.objects.filter(pk=invited.pk).delete()


def _open(application: Application) -> Application:
    """A draft, or a file to complete where this part was opened again."""
    row = held(application)
    require_open(row, keys.PARTNERS)
    return row
