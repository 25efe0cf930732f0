"""Measures that the document does not have."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.strategy import actions
from maillage.strategy.models import Axis, Measure
from tests.accounts.people import holder
from tests.factories import AT
from tests.strategy.files import strategy_file
from tests.strategy.world import plan

pytestmark = pytest.mark.django_db


def test_an_added_measure_takes_the_next_code_and_outlives_a_new_load() -> None:
    plan()
    axis = Axis.objects.get(number=1)
    added = actions.add_measure(axis=axis, title="Un jardin", by=None, at=AT)
    assert added.code == "1.3"
    report = actions.load_strategy(document=strategy_file(), by=None, at=AT)
    assert (report.is_unchanged, Measure.objects.get(code="1.3").title) == (True, "Un jardin")


def test_when_the_document_takes_its_code_the_measure_becomes_the_documents() -> None:
    plan()
    actions.add_measure(axis=Axis.objects.get(number=1), title="Un jardin", by=None, at=AT)
    document = strategy_file()
    document["axes"][0]["measures"].append({"code": "1.3", "title": "Un verger"})
    actions.load_strategy(document=document, by=None, at=AT)
    kept = Measure.objects.get(code="1.3")
    assert (kept.title, kept.is_added) == ("Un verger", False)


@pytest.mark.parametrize("code", ["1.1", "2.9", "1.0", "G.4"])
def test_a_code_is_free_and_of_its_axis(code: str) -> None:
    plan()
    with pytest.raises(actions.SteeringRefused) as refusal:
        actions.add_measure(axis=Axis.objects.get(number=1), title="X", code=code, by=None, at=AT)
    assert refusal.value.field == "code"


def test_a_copy_has_the_steps_and_nothing_that_was_done() -> None:
    measure = plan()
    step = actions.add_step(measure=measure, title="Inviter", who="Bruno", by=None, at=AT)
    actions.finish_step(step=step, by=None, at=AT)
    copy = actions.duplicate_measure(measure=measure, by=None, at=AT)
    assert copy.title == "Copie de « Un collectif »"
    assert list(copy.steps.values_list("title", "who", "done_date")) == [("Inviter", "Bruno", None)]
    with pytest.raises(actions.SteeringRefused):
        actions.duplicate_measure(measure=Measure.objects.get(code="G.1"), by=None, at=AT)


def test_only_added_measures_are_renamed_or_taken_away() -> None:
    measure = plan()
    for verb in (
        lambda one: actions.rename_measure(measure=one, title="X", summary="", by=None, at=AT),
        lambda one: actions.remove_measure(measure=one, by=None, at=AT),
    ):
        with pytest.raises(actions.SteeringRefused):
            verb(measure)
    added = actions.add_measure(axis=Axis.objects.get(number=1), title="Un jardin", by=None, at=AT)
    actions.tell_news(measure=added, text="Ouvert.", news_date=AT.date(), by=None, at=AT)
    with pytest.raises(actions.SteeringRefused):
        actions.remove_measure(measure=added, by=None, at=AT)
    added.news.all().delete()
    actions.remove_measure(measure=added, by=None, at=AT)
    assert not Measure.objects.filter(code="1.3").exists()


@pytest.mark.usefixtures("wagtail_roots")
def test_an_agent_adds_copies_renames_and_takes_away(client: Client) -> None:
    measure = plan()
    client.force_login(holder(Role.AGENT))
    home = "/gestion/strategie/mesures/"
    assert client.post(f"{home}ajouter/", {"axis": "1", "title": ""}).status_code == 422
    assert client.post(f"{home}ajouter/", {"axis": "1", "title": "Un jardin"}).status_code == 302
    client.post(f"{home}{measure.pk}/dupliquer/")
    copy = Measure.objects.get(code="1.4")
    client.post(f"{home}{copy.pk}/titre/", {"title": "Un verger"})
    copy.refresh_from_db()
    assert copy.title == "Un verger"
    client.post(f"{home}{copy.pk}/retirer/")
    assert set(Measure.objects.filter(axis__number=1).values_list("code", flat=True)) == {"1.1", "1.2", "1.3"}
