"""The example world of needs, made by the verbs, twice without harm."""

from __future__ import annotations

import pytest

from maillage.accounts.seeds import seed_people
from maillage.needs.enums import ThemeState
from maillage.needs.models import Need, Theme
from maillage.needs.seeds.examples import plant_needs
from tests.factories import small_territory
from tests.needs.world import AT

pytestmark = pytest.mark.django_db


def test_planting_twice_gives_needs_that_say_they_are_examples_and_four_themes_at_different_turns() -> None:
    assert plant_needs("demo", AT, lambda _: None) == {}
    small_territory()
    seed_people(AT)
    first = plant_needs("demo", AT, lambda _: None)
    assert first == {"besoins d’exemple": 26, "thèmes d’exemple": 4}
    assert plant_needs("demo", AT, lambda _: None) == {}
    assert not Need.objects.filter(is_example=False).exists()
    states = set(Theme.objects.values_list("state", flat=True))
    assert states == {ThemeState.GATHERED, ThemeState.TO_VOTE, ThemeState.IN_CALL, ThemeState.OPEN}
    assert all("exemple" in theme.summary for theme in Theme.objects.all())
