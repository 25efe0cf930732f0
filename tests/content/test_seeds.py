"""The example world of the room, planted once."""

from __future__ import annotations

import pytest

from maillage.content.models import Hub, Resource
from maillage.content.seeds import SEEDS
from maillage.directory.actions.vocabulary import load_vocabulary
from tests.content.world import AT

pytestmark = pytest.mark.django_db


def test_the_examples_are_planted_once_and_say_that_they_are() -> None:
    load_vocabulary()
    said: list[str] = []
    [seed] = SEEDS
    first = seed.plant("demo", AT, said.append)
    assert first == {"ressources d’exemple": 9, "pages de thèmes d’exemple": 4}
    assert seed.plant("demo", AT, said.append) == {}
    assert Resource.objects.filter(is_example=False).count() == 0
    assert set(Hub.objects.values_list("term__code", flat=True)) == {
        "culture", "mobilite-solidaire", "alimentation", "bien-vieillir",
    }  # fmt: skip
