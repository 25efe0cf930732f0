"""The example world of aids, made by the verbs, twice without harm."""

from __future__ import annotations

import pytest

from maillage.accounts.seeds import seed_people
from maillage.aids.models import Aid, Watch
from maillage.aids.seeds.examples import plant_aids
from tests.aids.world import AT, ON
from tests.factories import small_territory

pytestmark = pytest.mark.django_db


def test_planting_twice_gives_aids_that_say_they_are_examples_and_a_search_of_alice() -> None:
    assert plant_aids("demo", AT, lambda _: None) == {}
    small_territory()
    seed_people(AT)
    assert plant_aids("demo", AT, lambda _: None) == {"aides d’exemple": 22, "recherches d’aides d’exemple": 1}
    assert plant_aids("demo", AT, lambda _: None) == {}
    assert not Aid.objects.filter(is_example=False).exists()
    assert all("donnée d’exemple" in aid.name for aid in Aid.objects.all())
    assert (Aid.objects.open(ON).count(), Aid.objects.over(ON).count()) == (20, 2)
    assert Watch.objects.get().user is not None
