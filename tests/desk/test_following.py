"""Follow a file: what is said, what stays in the team, stages, diagnosis, pause, hand-over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from maillage.desk import actions, phrases
from maillage.desk.circles import circle_of_project, find_circle
from maillage.desk.enums import Audience, Channel, Stage, Standing, Subject
from maillage.desk.models import Project
from maillage.desk.queries import Asked, counts, diagnosis_rows, listed, timeline
from maillage.discussion.models import Message
from maillage.kernel.models import JournalEntry
from tests.desk.world import AT, advised, agent, chloe, followed, later, letters, posted, requested
from tests.factories import organisation, person

pytestmark = pytest.mark.django_db
SECRET = "Le maire hésite, ne rien dire encore."


def talk(**facts: Any) -> actions.Talk:
    told: dict[str, Any] = {"day": AT.date(), "words": "Nous avons parlé du local.", "channel": Channel.PHONE}
    return actions.Talk(**{**told, **facts})


def marks(level: int = 1) -> dict[Subject, tuple[int, str]]:
    return dict.fromkeys(Subject, (level, "ça avance"))


def test_a_first_message_is_a_first_answer_and_reaches_the_holder() -> None:
    project = followed()
    assert (project.standing, project.answered_at) == (Standing.FOLLOWED, AT)
    assert posted("discussion.thread") == ["chloe@exemple.test"]
    actions.write_to_holder(project=project, words="Et le local ?", by=agent(), at=later())
    assert [one.text for one in Message.objects.order_by("pk")] == ["Bonjour, parlons-en.", "Et le local ?"]
    # Though she never said a word in it.
    assert posted("discussion.message") == ["chloe@exemple.test"]


def test_what_a_holder_says_reaches_the_adviser() -> None:
    project = followed()
    actions.write_from_holder(project=project, words="Oui, la salle est libre.", by=chloe(project), at=later())
    assert posted("discussion.message") == ["agent@exemple.test"]
    project.refresh_from_db()
    assert project.moved_at == later()


def test_nobody_writes_to_an_address_that_was_not_confirmed() -> None:
    project = requested()
    with pytest.raises(actions.DeskRefused) as refusal:
        actions.write_to_holder(project=project, words="Bonjour", by=agent(), at=AT)
    assert refusal.value.phrase == phrases.NOBODY_READS
    assert Project.objects.get().standing == Standing.NEW


def test_a_talk_on_the_telephone_is_an_answer_too() -> None:
    project = requested()
    actions.log_interview(project=project, talk=talk(), by=agent(), at=AT)
    assert Project.objects.get().answered_at == AT


@pytest.mark.parametrize(("facts", "field"), [({"words": " "}, "words"), ({"day": date(2027, 1, 1)}, "day")])
def test_a_talk_says_something_that_happened(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.DeskRefused) as refusal:
        actions.log_interview(project=requested(), talk=talk(**facts), by=agent(), at=AT)
    assert refusal.value.field == field


def test_what_stays_in_the_team_is_nowhere_on_the_holders_page(client: Client) -> None:
    project = followed()
    actions.write_note(project=project, words=SECRET, by=agent(), at=AT)
    kept = talk(words=f"Interne : {SECRET}", audience=Audience.TEAM)
    actions.log_interview(project=project, talk=kept, by=agent(), at=AT)
    actions.log_interview(project=project, talk=talk(words="Pour vous aussi."), by=agent(), at=AT)
    client.force_login(chloe(project))
    for path in (project.get_absolute_url(), f"/echanges/{project.circle}/", "/moi/"):
        page = client.get(path)
        assert page.status_code == 200
        assert SECRET not in page.content.decode()
    assert "Pour vous aussi." in client.get(project.get_absolute_url()).content.decode()
    assert {one.words for one in timeline(project) if one.is_internal} == {f"Interne : {SECRET}", SECRET}


def test_an_empty_note_is_none() -> None:
    with pytest.raises(actions.DeskRefused):
        actions.write_note(project=requested(), words=" ", by=agent(), at=AT)


def test_a_project_goes_back_and_every_passage_is_kept() -> None:
    project = followed()
    for stage, why in ((Stage.STUDY, "Étude lancée"), (Stage.EMERGENCE, "Le groupe a changé")):
        actions.move_stage(project=project, stage=stage, by=agent(), at=AT, why=why)
    assert actions.move_stage(project=project, stage=Stage.EMERGENCE, by=agent(), at=AT) is None
    assert [one.stage for one in project.passages.order_by("pk")] == ["idea", "study", "emergence"]
    assert Project.objects.get().stage == Stage.EMERGENCE


def test_two_diagnoses_are_compared() -> None:
    project = followed()
    assert diagnosis_rows(project) is None
    actions.diagnose(project=project, marks=marks(1), by=agent(), at=AT)
    actions.diagnose(project=project, marks={**marks(1), Subject.TEAM: (3, "soudée")}, by=agent(), at=later())
    radar = diagnosis_rows(project)
    assert radar is not None
    assert [(one.level, one.before) for one in radar.marks if one.label == "L’équipe"] == [(3, 1)]
    assert len(radar.points.split()) == 8


@pytest.mark.parametrize("wrong", [{}, {Subject.TEAM: (2, "")}, {**dict.fromkeys(Subject, (4, ""))}])
def test_a_diagnosis_has_its_eight_subjects_from_0_to_3(wrong: dict[Subject, tuple[int, str]]) -> None:
    with pytest.raises(actions.DeskRefused) as refusal:
        actions.diagnose(project=followed(), marks=wrong, by=agent(), at=AT)
    assert refusal.value.phrase == phrases.EIGHT_MARKS


def test_a_subject_that_nobody_spoke_of_is_not_a_nought() -> None:
    project, silent = followed(), dict.fromkeys(Subject, (None, ""))
    with pytest.raises(actions.DeskRefused) as refusal:
        actions.diagnose(project=project, marks=silent, by=agent(), at=AT)
    assert refusal.value.phrase == phrases.NO_MARK
    actions.diagnose(project=project, marks={**silent, Subject.TEAM: (0, "")}, by=agent(), at=AT)
    actions.diagnose(project=project, marks={**silent, Subject.TEAM: (2, "")}, by=agent(), at=later())
    radar = diagnosis_rows(project)
    assert radar is not None
    assert [(one.level, one.before) for one in radar.marks] == [
        (2, 0) if one == Subject.TEAM else (None, None) for one in Subject
    ]
    assert (radar.silent, len(radar.points.split())) == (7, 1)
    assert radar.marks[0].level_label == phrases.NOT_MARKED


def test_what_a_file_is_about_changes_and_the_idea_stays() -> None:
    project = followed()
    made = organisation("Le fil vert")
    told: dict[str, Any] = {"title": "L’épicerie", "commune": None, "topics": [], "organisation": made, "measure": None}
    actions.revise_project(project=project, by=agent(), at=AT, **told)
    actions.revise_project(project=project, by=agent(), at=AT, **told)
    kept = Project.objects.get()
    assert (kept.title, kept.organisation, kept.idea) == ("L’épicerie", made, project.idea)
    assert JournalEntry.objects.filter(verb="revise_project").count() == 1
    with pytest.raises(actions.DeskRefused):
        actions.revise_project(project=project, by=agent(), at=AT, **{**told, "title": ""})


def test_a_pause_has_an_end_and_ends_by_itself() -> None:
    project = followed()
    actions.pause(project=project, resume_on=date(2026, 12, 24), by=agent(), at=AT)
    assert actions.resume_due(at=later(28)) == 0
    assert actions.resume_due(at=later(29)) == 1
    assert Project.objects.get().standing == Standing.FOLLOWED
    assert actions.resume(project=project, by=agent(), at=AT) is False


def test_one_answers_before_pausing_and_pauses_until_a_day_to_come() -> None:
    with pytest.raises(actions.DeskRefused, match="Répondez d’abord"):
        actions.pause(project=requested(), resume_on=date(2027, 1, 1), by=agent(), at=AT)
    with pytest.raises(actions.DeskRefused) as refusal:
        actions.pause(project=followed(email="b@exemple.test"), resume_on=AT.date(), by=agent(), at=AT)
    assert refusal.value.field == "resume_on"


def test_a_file_goes_to_a_colleague_who_is_told() -> None:
    project, other = followed(), agent("autre@exemple.test")
    actions.assign(project=project, to=other, by=agent(), at=AT)
    actions.assign(project=project, to=other, by=agent(), at=AT)
    assert posted("desk.assigned") == ["autre@exemple.test"]
    actions.assign(project=project, to=agent(), by=agent(), at=AT)
    assert posted("desk.assigned") == ["autre@exemple.test"]


def test_everything_is_handed_over_in_one_act_and_one_letter() -> None:
    first, second, closed = followed(), requested(email="b@exemple.test"), followed(email="c@exemple.test")
    result = actions.Result("no_news", "Plus de nouvelles.")  # type: ignore[arg-type]
    actions.close_project(project=closed, result=result, by=agent(), at=AT)
    to = agent("autre@exemple.test")
    assert actions.hand_over(giver=agent(), to=to, by=agent(), at=AT) == 2
    assert set(Project.objects.filter(adviser=to)) == {first, second}
    assert posted("desk.handed") == ["autre@exemple.test"]
    assert actions.hand_over(giver=agent(), to=to, by=agent(), at=later()) == 0
    with pytest.raises(actions.DeskRefused):
        actions.hand_over(giver=to, to=to, by=agent(), at=AT)


def test_a_reading_is_written_down_once_a_day_and_person() -> None:
    project, other = followed(), agent("autre@exemple.test")
    for by, at in ((agent(), AT), (agent(), AT + timedelta(hours=2)), (other, AT), (agent(), later())):
        actions.note_reading(project=project, by=by, at=at)
    assert JournalEntry.objects.filter(verb="read_project").count() == 3


def test_the_circle_is_of_its_holders_and_the_team() -> None:
    project = followed()
    circle = circle_of_project(project)
    assert [bool(circle.may_read(one)) for one in (chloe(project), agent(), person("x@exemple.test"))] == [
        True,
        True,
        False,
    ]
    assert [one.email for one in circle.readers()] == ["agent@exemple.test", "chloe@exemple.test"]
    assert find_circle("0") is None
    assert find_circle("²") is None


def test_a_closed_file_is_read_and_not_written() -> None:
    project = followed()
    result = actions.Result("done", "Ouverte.")  # type: ignore[arg-type]
    actions.close_project(project=project, result=result, by=agent(), at=AT)
    project.refresh_from_db()
    circle = circle_of_project(project)
    assert circle.may_read(chloe(project))
    assert circle.may_write(chloe(project)).reason == phrases.CLOSED
    for act in (
        lambda: actions.write_from_holder(project=project, words="Encore", by=chloe(project), at=AT),
        lambda: actions.move_stage(project=project, stage=Stage.STUDY, by=agent(), at=AT),
        lambda: advised(project),
    ):
        with pytest.raises(actions.DeskRefused):
            act()


def test_each_list_shows_what_waits() -> None:
    fresh, file = requested(), followed(email="b@exemple.test")
    advised(file, due_date=date(2026, 12, 1))
    at = later(70)
    shown = {
        which: set(listed(Asked(which=which), by=agent(), at=at)) for which in ("a-repondre", "endormis", "promis")
    }
    assert shown == {"a-repondre": {fresh}, "endormis": {file}, "promis": {file}}
    assert counts(by=agent(), at=at) == {"a-repondre": 1, "en-retard": 1, "les-miens": 2, "endormis": 1, "promis": 1}
    assert list(listed(Asked(which="tous", words="chlo", stage="idea"), by=agent(), at=at)) == [fresh, file]
    assert not listed(Asked(which="tous", words="rien"), by=agent(), at=at)


def test_what_is_said_to_whoever_waits_leaves_by_itself() -> None:
    project = followed()
    actions.write_to_holder(project=project, words="Et le local ?", by=agent(), at=later())
    advised(project)
    states = {one.state for kind in ("discussion.thread", "discussion.message", "desk.advice") for one in letters(kind)}
    assert states == {"pending"}
