"""The example world: made by the verbs, twice without harm, and said to be an example."""

from __future__ import annotations

import pytest
from django.test import Client

from maillage.accounts.seeds import seed_people
from maillage.governance.enums import MeetingState
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
    assert plant_bodies("demo", AT, lambda words: None) == {}
    page = client.get("/instances/").content.decode()
    assert page.count("donnée d’exemple") == 4
