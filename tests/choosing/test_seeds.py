"""The example world of the room, made by the verbs, twice without harm."""

from __future__ import annotations

import pytest

from maillage.accounts.models import User
from maillage.accounts.seeds import seed_people
from maillage.choosing.checks import find_breaches
from maillage.choosing.models import Ballot, CollegeFollowing, Consultation
from maillage.choosing.seeds import plant_consultations
from tests.choosing.world import held_by
from tests.factories import AT, organisation

pytestmark = pytest.mark.django_db


def test_planting_gives_forty_ballots_six_on_paper_and_an_open_vote() -> None:
    assert plant_consultations("demo", AT, lambda _: None) == {}
    seed_people(AT)
    held_by("alice@exemple.test", name="Déjà tenue", is_example=True)
    for number in range(24):
        organisation(f"Exemple {number}", status="published", is_example=True)
    assert plant_consultations("demo", AT, lambda _: None)["bulletins d’exemple"] == 40
    assert plant_consultations("demo", AT, lambda _: None) == {}
    decided, running = Consultation.objects.order_by("pk")
    assert (decided.state, running.state, decided.is_example) == ("decided", "open", True)
    assert (decided.ballots.count(), decided.ballots.filter(channel="paper").count()) == (40, 6)
    assert decided.result is not None
    assert {key for key, part in decided.result["tally"]["colleges"].items() if part["ballots"]} == {
        "structures", "elus", "partenaires", "habitants",
    }  # fmt: skip
    assert decided.result["tally"]["differ"]
    assert CollegeFollowing.objects.exclude(why="").exists()
    assert list(find_breaches()) == []
    assert not User.objects.filter(email="nadia@exemple.maillage.test", is_example=False).exists()
    assert Ballot.objects.filter(consultation=running).count() == 4
