"""The example world: made by the verbs, twice without harm, and said to be an example."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from maillage.accounts.seeds import seed_people
from maillage.discussion.models import Thread
from maillage.governance.circles import key_of
from maillage.governance.enums import Kind, MeetingState
from maillage.governance.models import Action, Body, Decision, Meeting
from maillage.governance.queries.bodies import body_lines
from maillage.governance.seeds.bodies import plant_bodies
from tests.governance.world import AT

pytestmark = pytest.mark.django_db


def test_the_example_bodies_met_and_decided_and_one_sleeps(client: Client) -> None:
    assert plant_bodies("demo", AT, print) == {}
    seed_people(AT)
    made = plant_bodies("demo", AT, lambda words: None)
    assert made["instances d’exemple"] == Body.objects.count() == 4
    assert Meeting.objects.filter(state=MeetingState.VALIDATED).count() == 5
    assert (Decision.objects.count(), Action.objects.count()) == (4, 3)
    assert [line.body.name for line in body_lines(AT) if line.is_dormant] == ["Bien vieillir"]
    for met in Meeting.objects.filter(state=MeetingState.VALIDATED):
        assert met.starts_at
        assert met.validated_at
        assert timedelta(days=7) < met.validated_at - met.starts_at < timedelta(days=15), "not on the day of seeding"
    talks = Thread.objects.filter(circle=key_of(Body.objects.get(kind=Kind.COLLECTIVE))).order_by("opened_at")
    for talk, met in zip(talks, Meeting.objects.filter(body__kind=Kind.COLLECTIVE).order_by("starts_at"), strict=False):
        assert met.starts_at
        assert timedelta(0) < talk.opened_at - met.starts_at < timedelta(days=10)
        assert {"exemple" in one.text for one in talk.messages.all()} == {True}
        assert talk.messages.count() == 3
    assert len(talks) == 2
    assert plant_bodies("demo", AT, lambda words: None) == {}
    page = client.get("/instances/").content.decode()
    assert page.count("donnée d’exemple") == 4
