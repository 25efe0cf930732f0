"""What the database itself refuses, and who meets an application."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from maillage.calls.enums import ApplicationState, CallState, CoApplicantState
from maillage.calls.models import Application, CoApplicant, EnvelopeLine, Recusal
from tests.calls.world import AT, a_call, a_line, a_reviewer, a_structure, agent, an_application, later

pytestmark = pytest.mark.django_db


def _seen(person: object) -> set[int]:
    return set(Application.objects.visible_to(person, on=AT.date()).values_list("pk", flat=True))  # type: ignore[arg-type]


def test_an_envelope_is_never_passed() -> None:
    line = a_line("1000")

    with pytest.raises(IntegrityError), transaction.atomic():
        EnvelopeLine.objects.filter(pk=line.pk).update(awarded=Decimal("1000.01"))


def test_a_submitted_application_has_a_number_an_amount_and_a_digest() -> None:
    application = an_application(state=ApplicationState.DRAFT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state=ApplicationState.SUBMITTED)


def test_a_call_is_told_from_its_dates() -> None:
    call = a_call()

    told = [call.state_at(later(days)) for days in (-2, 0, 31)]

    assert told == [CallState.PUBLISHED, CallState.OPEN, CallState.CLOSED]


def test_an_application_is_met_by_its_people_the_jury_and_agents_only() -> None:
    made, manager = a_structure()
    application = an_application(organisation=made)
    draft = an_application(application.call, state=ApplicationState.DRAFT, organisation=made)
    juror = a_reviewer(application.call).user
    silent = a_reviewer(application.call, pledged=False).user
    stranger = a_structure()[1]

    told = {name: _seen(one) for name, one in {
        "manager": manager, "juror": juror, "silent": silent, "stranger": stranger, "agent": agent(),
        "nobody": AnonymousUser(),
    }.items()}  # fmt: skip

    assert told == {
        "manager": {application.pk, draft.pk}, "juror": {application.pk}, "silent": set(), "stranger": set(),
        "agent": {application.pk}, "nobody": set(),
    }  # fmt: skip


def test_an_organisation_that_joined_reads_the_file_once_it_agreed() -> None:
    application = an_application()
    partner, partner_manager = a_structure()
    joined = CoApplicant.objects.create(application=application, organisation=partner, asked_at=AT)
    before = _seen(partner_manager)

    CoApplicant.objects.filter(pk=joined.pk).update(state=CoApplicantState.AGREED)

    assert (before, _seen(partner_manager)) == (set(), {application.pk})


def test_whoever_stays_away_from_an_application_never_meets_it() -> None:
    application = an_application()
    juror = a_reviewer(application.call).user
    for one in (agent(), juror):
        Recusal.objects.create(application=application, user=one, reason="Ma sœur y travaille", declared_at=AT)

    assert (_seen(agent()), _seen(juror)) == (set(), set())
