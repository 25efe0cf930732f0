"""The end of a file, and what one hears of it later; organisations, budget and half-days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.desk import actions
from maillage.desk.checks import find_breaches
from maillage.desk.enums import Advice, Outcome, PartnerPart, Standing
from maillage.desk.models import Check, Effort, Involvement, Project
from maillage.outbox.models import ToDo
from tests.desk.world import AT, CHLOE, advised, agent, click, followed, later, posted, requested, words
from tests.factories import organisation

pytestmark = pytest.mark.django_db
DONE = actions.Result(Outcome.DONE, "L’épicerie a ouvert.", jobs=2, fte=Decimal("1.5"), raised=Decimal("12345.67"))


def closed(result: actions.Result = DONE) -> Project:
    return actions.close_project(project=followed(), result=result, by=agent(), at=AT)


def test_a_file_closes_with_what_became_of_it() -> None:
    project = closed()
    assert (project.standing, project.jobs, project.fte, project.raised) == (
        Standing.CLOSED, 2, Decimal("1.5"), Decimal("12345.67"),
    )  # fmt: skip
    assert [one.due_date for one in Check.objects.order_by("months")] == [
        date(2027, 5, 25), date(2027, 11, 25), date(2029, 11, 25),
    ]  # fmt: skip
    assert "L’épicerie a ouvert." in words("desk.closed")
    assert "sauf pour prendre des nouvelles" in words("desk.closed")


def test_what_was_open_ends_with_the_file() -> None:
    one = advised(project := followed())
    actions.close_project(project=project, result=DONE, by=agent(), at=AT)
    one.refresh_from_db()
    assert (one.state, one.remind_on) == (Advice.DECLINED, None)
    assert list(find_breaches()) == []


def test_an_outcome_is_said_and_a_file_closes_once() -> None:
    project = followed()
    with pytest.raises(actions.DeskRefused) as refusal:
        actions.close_project(project=project, result=actions.Result(Outcome.DONE, " "), by=agent(), at=AT)
    assert refusal.value.field == "words"
    actions.close_project(project=project, result=DONE, by=agent(), at=AT)
    with pytest.raises(actions.DeskRefused):
        actions.close_project(project=project, result=DONE, by=agent(), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.update(outcome="")


def test_an_abandoned_project_is_not_asked_for_news() -> None:
    closed(actions.Result(Outcome.ABANDONED, "Le groupe s’arrête."))
    assert not Check.objects.exists()
    assert "sauf pour prendre des nouvelles" not in words("desk.closed")


def test_a_file_opens_again_and_asks_no_news_meanwhile() -> None:
    project = actions.reopen_project(project=closed(), by=agent(), at=later())
    assert (project.standing, project.outcome, project.jobs) == (Standing.FOLLOWED, "", None)
    assert not Check.objects.exists()
    with pytest.raises(actions.DeskRefused):
        actions.reopen_project(project=project, by=agent(), at=later())


def test_news_are_asked_when_their_day_has_come_and_answered_in_one_click(client: Client) -> None:
    closed()
    assert actions.ask_checks(at=later(180)) == 0
    assert actions.ask_checks(at=later(181)) == 1
    assert actions.ask_checks(at=later(181)) == 0
    assert posted("desk.news") == [CHLOE]
    client.post(click("desk.news", "desk.alive"))
    assert Check.objects.get(months=6).is_alive is True
    assert words("desk.news") == ""


def test_news_that_nobody_answers_are_asked_once_more_then_on_the_telephone() -> None:
    project = closed()
    agent_ = project.adviser
    actions.ask_checks(at=later(181))
    assert actions.ask_checks(at=later(201)) == 0
    assert actions.ask_checks(at=later(202)) == 1
    assert posted("desk.news") == [CHLOE, CHLOE]
    assert "pas une troisième fois" in words("desk.news")
    assert not ToDo.objects.filter(done_at=None).exists()
    assert actions.ask_checks(at=later(223)) == 1
    assert [one.owner for one in ToDo.objects.filter(done_at=None)] == [agent_]
    assert actions.ask_checks(at=later(300)) == 0
    assert len(posted("desk.news")) == 2


def test_an_answer_ends_the_asking_and_so_does_a_file_that_opens_again() -> None:
    project = closed()
    actions.ask_checks(at=later(181))
    actions.answer_check(check=Check.objects.get(months=6), is_alive=True, at=later(182), by=agent())
    assert actions.ask_checks(at=later(250)) == 0
    for days in (366, 390, 415):
        actions.ask_checks(at=later(days))
    assert ToDo.objects.filter(done_at=None).count() == 1
    actions.reopen_project(project=project, by=agent(), at=later(416))
    assert not ToDo.objects.filter(done_at=None).exists()


def test_without_an_address_somebody_calls_for_news_and_an_answer_ends_it() -> None:
    project = requested(email="", phone="03 22 00 00 00")
    actions.close_project(project=project, result=DONE, by=agent(), at=AT)
    actions.ask_checks(at=later(200))
    assert ToDo.objects.filter(done_at=None).count() == 1
    check = Check.objects.get(months=6)
    actions.answer_check(check=check, is_alive=False, at=later(201), by=agent(), words="Arrêté au printemps.")
    assert ToDo.objects.filter(done_at=None).count() == 0


def test_organisations_take_part_once_with_one_lead() -> None:
    project, made = followed(), organisation("Le fil vert")
    actions.involve(
        project=project, organisation=made, part=PartnerPart.LEAD, share=Decimal("10.50"), by=agent(), at=AT
    )
    for part, traits in ((PartnerPart.PARTNER, {"organisation": made}), (PartnerPart.LEAD, {"name": "La mairie"})):
        with pytest.raises(actions.DeskRefused):
            actions.involve(project=project, part=part, by=agent(), at=AT, **traits)
    with pytest.raises(actions.DeskRefused):
        actions.involve(project=project, part=PartnerPart.FUNDER, by=agent(), at=AT)
    actions.uninvolve(involvement=Involvement.objects.get(), by=agent(), at=AT)
    assert not Involvement.objects.exists()


def test_half_days_are_counted_even_after_the_end() -> None:
    project = closed()
    made = actions.log_effort(project=project, day=AT.date(), half_days=3, by=agent(), at=AT)
    for wrong in ({"day": date(2027, 1, 1), "half_days": 1}, {"day": AT.date(), "half_days": 0}):
        with pytest.raises(actions.DeskRefused):
            actions.log_effort(project=project, by=agent(), at=AT, **wrong)  # type: ignore[arg-type]
    actions.remove_effort(effort=made, by=agent(), at=AT)
    assert not Effort.objects.exists()


def test_a_breach_is_named() -> None:
    project = followed()
    project.contacts.all().delete()
    assert [one.check for one in find_breaches()] == ["desk.project_without_holder"]
