"""The plan: six states, answered from a letter, asked again unless something moved."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from maillage.desk import actions
from maillage.desk.checks import find_breaches
from maillage.desk.enums import OPEN_ADVICE, Advice, Outcome
from maillage.desk.models import Recommendation
from maillage.outbox.models import ToDo
from tests.content.world import made
from tests.desk.world import AT, advised, agent, chloe, click, followed, later, posted, requested, words

pytestmark = pytest.mark.django_db


def test_a_recommendation_is_told_and_has_its_next_reminder() -> None:
    one = advised(followed())
    assert (one.state, one.remind_on) == (Advice.PROPOSED, date(2026, 12, 23))
    assert posted("desk.advice") == ["chloe@exemple.test"]
    assert "Visiter deux épiceries" in words("desk.advice")


@pytest.mark.parametrize(("facts", "field"), [({"title": " "}, "title"), ({"address": "javascript:x"}, "address")])
def test_a_recommendation_has_a_title_and_an_address_of_somewhere(facts: dict[str, str], field: str) -> None:
    with pytest.raises(actions.DeskRefused) as refusal:
        advised(followed(), **facts)
    assert refusal.value.field == field


def test_a_published_resource_goes_with_a_recommendation_and_the_holder_finds_it(client: Client) -> None:
    guide, project = made("Préparer un budget"), followed()
    one = advised(project, resource=guide)
    assert one.resource == guide
    client.force_login(chloe(project))
    address = f"/moi/projets/{project.reference}/"
    assert guide.get_absolute_url() in client.get(address).content.decode()
    guide.unpublish()
    assert guide.get_absolute_url() not in client.get(address).content.decode()
    guide.refresh_from_db()
    with pytest.raises(actions.DeskRefused) as refusal:
        advised(project, resource=guide)
    assert refusal.value.field == "resource"


def test_an_agent_attaches_a_resource_from_the_file(client: Client) -> None:
    guide, project = made("Préparer un budget"), followed()
    client.force_login(agent())
    assert "Ressource à joindre" in client.get(f"/gestion/guichet/{project.pk}/").content.decode()
    client.post(reverse("desk_office:advice", args=[project.pk]), {"title": "Lire ce guide", "resource": guide.pk})
    assert Recommendation.objects.get().resource == guide
    assert guide.get_absolute_url() in client.get(f"/gestion/guichet/{project.pk}/").content.decode()


@pytest.mark.parametrize("state", list(Advice))
def test_the_database_keeps_a_reminder_for_each_open_one_and_only_for_these(state: Advice) -> None:
    one = advised(followed())
    is_open = state in OPEN_ADVICE
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=one.pk).update(state=state, remind_on=None if is_open else AT.date())
    assert actions.move_advice(recommendation=one, state=state, at=later(), by=agent()).remind_on is None or is_open


def test_the_holder_answers_from_the_letter_without_signing_in(client: Client) -> None:
    one = advised(followed())
    path = click("desk.advice", "desk.advice_stuck")
    assert "Ça bloque" in client.get(path).content.decode()
    one.refresh_from_db()
    assert one.state == Advice.PROPOSED
    assert "c’est noté" in client.post(path).content.decode()
    one.refresh_from_db()
    assert one.state == Advice.STUCK
    assert posted("desk.advice_moved") == ["agent@exemple.test"]
    assert client.post(path).status_code == 200
    assert Recommendation.objects.get().version == 2


def test_a_letter_still_works_once_its_step_was_seen(client: Client) -> None:
    one = advised(project := followed())
    path = click("desk.advice", "desk.advice_done")
    assert actions.note_seen(project=project, by=chloe(project), at=AT) == 1
    client.post(path)
    one.refresh_from_db()
    assert one.state == Advice.DONE
    assert words("desk.advice") == ""


def test_two_people_do_not_overwrite_each_other() -> None:
    one = advised(followed())
    actions.move_advice(recommendation=one, state=Advice.DOING, at=AT, by=agent(), seen=1)
    with pytest.raises(actions.DeskRefused, match="entre-temps"):
        actions.move_advice(recommendation=one, state=Advice.DONE, at=AT, by=agent(), seen=1)


def test_where_are_you_is_asked_when_nothing_moved_then_somebody_calls() -> None:
    advised(followed())
    assert actions.remind(at=later(27)) == 0
    for turn in range(1, 4):
        assert actions.remind(at=later(28 * turn)) == 1
        assert actions.remind(at=later(28 * turn)) == 0
        assert len(posted("desk.where")) == turn
    actions.remind(at=later(28 * 4))
    assert len(posted("desk.where")) == 3
    assert [one.owner for one in ToDo.objects.all()] == [agent()]
    assert list(find_breaches()) == []


def test_what_moved_lately_is_not_asked_and_keeps_a_reminder() -> None:
    one = advised(project := followed())
    actions.write_from_holder(project=project, words="Nous y allons mardi.", by=chloe(project), at=later(20))
    actions.remind(at=later(28))
    assert posted("desk.where") == []
    one.refresh_from_db()
    assert one.remind_on == date(2027, 1, 20)


def test_a_paused_file_is_silent() -> None:
    advised(project := followed())
    actions.pause(project=project, resume_on=date(2027, 6, 1), by=agent(), at=later(2))
    assert actions.remind(at=later(60)) == 0
    assert words("desk.advice") != ""


def test_a_letter_that_waits_says_nothing_once_the_file_is_paused_or_closed() -> None:
    advised(project := followed())
    actions.remind(at=later(28))
    actions.pause(project=project, resume_on=date(2027, 6, 1), by=agent(), at=later(28))
    assert words("desk.where") == ""
    actions.close_project(project=project, result=actions.Result(Outcome.ABANDONED, "Fini."), by=agent(), at=later(29))
    assert words("desk.advice") == ""


def test_without_anybody_to_write_to_the_adviser_is_asked_to_call() -> None:
    project = requested(email="", phone="03 22 00 00 00")
    advised(project)
    actions.remind(at=later(28))
    assert ToDo.objects.count() == 1
    assert posted("desk.where") == []
    # What it asked for has come.
    actions.move_advice(recommendation=project.recommendations.get(), state=Advice.DOING, at=later(29), by=agent())
    assert not ToDo.objects.filter(done_at=None).exists()
