"""The only passages from one state to the next."""

from __future__ import annotations

from typing import Any

import pytest

from maillage.calls import actions
from maillage.calls.enums import REACHED_FROM, ApplicationState
from maillage.calls.models import Application, Completion
from maillage.kernel.models import JournalEntry
from tests.calls.world import AT, agent, an_application

pytestmark = pytest.mark.django_db
S = ApplicationState
WHOLE: dict[str, Any] = {"number": "AAP-2026-0001", "submitted_at": AT, "digest": "0" * 64}


@pytest.mark.parametrize("to", list(S))
def test_an_application_goes_where_its_state_leads_and_nowhere_else(to: ApplicationState) -> None:
    told = {}
    for was in S:
        application = an_application(state=was, **(WHOLE if was == S.DRAFT else {}))
        try:
            actions.move_application(application=application, to=to, by=agent(), at=AT)
        except actions.CallRefused:
            told[was] = Application.objects.get(pk=application.pk).state != was
        else:
            told[was] = Application.objects.get(pk=application.pk).state == to

    refused_without_a_trace = {was for was in S if not told[was]}
    assert refused_without_a_trace == set(S) - REACHED_FROM.get(to, frozenset())


def test_a_passage_is_journalled_with_its_reason() -> None:
    application = an_application()

    actions.move_application(application=application, to=S.REVIEW, by=agent(), at=AT, why="Tout est là.")

    entry = JournalEntry.objects.get(verb="move_application", object_id=application.pk)
    assert (entry.changes, entry.note, entry.actor_id) == (
        {"state": ["submitted", "review"]}, "Tout est là.", agent().pk,
    )  # fmt: skip


def test_whoever_read_an_older_state_is_told() -> None:
    application = an_application()
    stale = Application.objects.get(pk=application.pk)
    actions.move_application(application=application, to=S.REVIEW, by=agent(), at=AT)

    with pytest.raises(actions.CallRefused, match="a changé entre-temps"):
        actions.move_application(application=stale, to=S.INADMISSIBLE, by=agent(), at=AT)

    assert Application.objects.get(pk=application.pk).state == S.REVIEW


def test_leaving_a_completion_closes_what_was_open_again() -> None:
    application = an_application(state=S.INCOMPLETE, reopened=["title"])
    asked = Completion.objects.create(
        application=application, fields=["title"], words="Le titre", due_on=AT.date(), asked_at=AT
    )

    actions.move_application(application=application, to=S.DROPPED, by=agent(), at=AT)

    asked.refresh_from_db()
    assert (Application.objects.get(pk=application.pk).reopened, asked.answered_at) == ([], AT)
