"""Admissible or not, and what is asked to be completed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maillage.calls import actions
from maillage.calls.enums import ApplicationState as S
from maillage.calls.models import AdmissibilityCheck, Application, Completion
from maillage.calls.queries.admissibility import points_of
from maillage.kernel.models import JournalEntry
from maillage.outbox.actions.posting import kind_of
from maillage.outbox.models import Letter
from maillage.outbox.occasions import occasion_of
from tests.calls.drafts import manager_of, sent
from tests.calls.reading import ALL_MET, recused
from tests.calls.world import AT, agent, an_application, later

pytestmark = pytest.mark.django_db
DUE = later(10).date()


def _letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=kind).select_related("mailbox").order_by("pk"))


def _asked(application: Application, *fields: str) -> Completion:
    return actions.ask_completion(
        application=application,
        fields=fields or ["title"],
        words="Le titre ne dit rien.",
        due_on=DUE,
        by=agent(),
        at=AT,
    )


def _state(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def test_what_was_sent_whole_seems_admissible_on_every_point() -> None:
    application = sent()

    assert {one.item: one.is_met for one in points_of(application)} == dict.fromkeys(ALL_MET, True)


def test_what_does_not_fit_is_proposed_as_not_met() -> None:
    application = an_application()

    told = {one.item: one.is_met for one in points_of(application)}

    assert told == {
        "delay": True, "place": True, "family": True, "pieces": True, "budget": False, "dates": False,
        "pledges": False,
    }  # fmt: skip


def test_every_point_is_looked_at_before_the_jury_reads() -> None:
    application = an_application()
    with pytest.raises(actions.CallRefused, match="il en reste 7"):
        actions.declare_admissible(application=application, by=agent(), at=AT)
    actions.check_admissibility(application=application, points=ALL_MET, by=agent(), at=AT)

    actions.declare_admissible(application=application, by=agent(), at=AT)

    assert _state(application) == S.REVIEW


def test_a_point_that_is_not_met_says_what_is_missing_and_stops_the_file() -> None:
    application = an_application()
    points = ALL_MET | {"budget": (False, " ")}
    with pytest.raises(actions.CallRefused) as silent:
        actions.check_admissibility(application=application, points=points, by=agent(), at=AT)
    assert (silent.value.field, AdmissibilityCheck.objects.count()) == ("budget_note", 0)
    points = ALL_MET | {"budget": (False, "Il manque la salle.")}
    actions.check_admissibility(application=application, points=points, by=agent(), at=AT)

    with pytest.raises(actions.CallRefused, match="budget équilibré"):
        actions.declare_admissible(application=application, by=agent(), at=AT)

    assert _state(application) == S.SUBMITTED


def test_a_point_that_no_list_has_is_refused() -> None:
    with pytest.raises(actions.CallRefused):
        actions.check_admissibility(application=an_application(), points={"rien": (True, "")}, by=agent(), at=AT)


def test_an_inadmissible_file_tells_its_reason_by_letter() -> None:
    application = sent()
    with pytest.raises(actions.CallRefused):
        actions.declare_inadmissible(application=application, reason=" ", by=agent(), at=AT)

    actions.declare_inadmissible(application=application, reason="Hors du territoire.", by=agent(), at=AT)

    [letter] = _letters("calls.inadmissible")
    told = occasion_of(letter, at=AT)
    content = kind_of("calls.inadmissible").write(told)
    assert content is not None
    assert "Pourquoi\u00a0: Hors du territoire." in content.sentences
    assert _state(application) == S.INADMISSIBLE


def test_a_completion_opens_the_chosen_fields_and_nothing_else() -> None:
    application = sent()
    _asked(application, "title", "block:besoin")
    row = Application.objects.get(pk=application.pk)
    by = manager_of(row.organisation)

    with pytest.raises(actions.CallRefused, match="n’a pas rouvert"):
        actions.save_application(application=row, values={"summary": "Autre."}, version=row.version, by=by, at=AT)
    changed = actions.save_application(application=row, values={"title": "Neuf"}, version=row.version, by=by, at=AT)
    actions.submit_application(application=changed, version=changed.version, by=by, at=later())

    again = Application.objects.get(pk=application.pk)
    assert (again.state, again.title, again.reopened) == (S.SUBMITTED, "Neuf", [])
    assert again.completions.get().answered_at == later()
    assert [one.mailbox.address for one in _letters("calls.completion")] == [by.email]


@pytest.mark.parametrize(
    ("fields", "words", "due", "field"),
    [
        ([], "Le titre", DUE, "fields_open"), (["rien"], "Le titre", DUE, "fields_open"),
        (["title"], " ", DUE, "words"), (["title"], "Le titre", AT.date(), "due_on"),
    ],
)  # fmt: skip
def test_a_completion_says_what_why_and_until_when(fields: list[str], words: str, due: object, field: str) -> None:
    with pytest.raises(actions.CallRefused) as refusal:
        actions.ask_completion(
            application=sent(), fields=fields, words=words, due_on=due, by=agent(), at=AT  # type: ignore[arg-type]
        )  # fmt: skip

    assert (refusal.value.field, Completion.objects.count()) == (field, 0)


def test_a_completion_is_reminded_once_some_days_before() -> None:
    application = sent()
    _asked(application)
    day = later(10) - timedelta(days=3)

    told = [actions.remind_completions(at=at) for at in (day - timedelta(days=1), day, day + timedelta(days=1))]

    assert (told, len(_letters("calls.completion_due"))) == ([0, 1, 0], 1)


def test_the_team_may_stop_waiting() -> None:
    application = sent()
    _asked(application)

    actions.close_completion(application=application, by=agent(), at=later(), why="Sans réponse")

    assert _state(application) == S.SUBMITTED
    with pytest.raises(actions.CallRefused):
        actions.close_completion(application=application, by=agent(), at=later())


def test_a_reading_is_written_down_once_a_day_and_person() -> None:
    application = an_application()

    for at in (AT, AT, later()):
        actions.note_application_reading(application=application, by=agent(), at=at)

    assert JournalEntry.objects.filter(verb="read_application", object_id=application.pk).count() == 2


def test_whoever_stays_away_does_nothing_with_the_file() -> None:
    application = an_application()
    recused(application, agent())

    for verb in (
        lambda: actions.check_admissibility(application=application, points=ALL_MET, by=agent(), at=AT),
        lambda: actions.declare_admissible(application=application, by=agent(), at=AT),
        lambda: actions.declare_inadmissible(application=application, reason="Non", by=agent(), at=AT),
        lambda: _asked(application),
    ):
        with pytest.raises(actions.CallRefused, match="déporté"):
            verb()

    assert (_state(application), application.checks.count()) == (S.SUBMITTED, 0)
