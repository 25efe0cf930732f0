from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from maillage.directory.actions.vocabulary import load_vocabulary
from maillage.directory.models import Flag, Organisation
from maillage.directory.seeds.examples import plant_examples, plant_named
from maillage.directory.seeds.load import plant_load
from pipelines.contracts.identifiers import check_siren, check_siret
from tests.factories import commune

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_the_example_world_is_spread_and_says_what_is_invented() -> None:
    load_vocabulary()
    plant_named(at=AT)
    plant_examples(at=AT)
    examples = Counter(Organisation.objects.filter(is_example=True).values_list("family", flat=True))
    assert sum(examples.values()) == 150
    assert set(examples) == {"association", "cooperative", "mutual", "foundation", "commercial_ess"}
    assert Organisation.objects.filter(is_example=False).count() == 20
    assert not Organisation.objects.exclude(email="", phone="").exists()


def test_planting_twice_adds_nothing() -> None:
    load_vocabulary()
    plant_examples(at=AT)
    assert (load_vocabulary(), plant_examples(at=AT)) == (0, {"structures d’exemple": 0})


def test_a_load_is_planted_whole_with_right_keys_and_goes_on_where_it_stopped() -> None:
    load_vocabulary()
    commune("80620", "Péronne")
    assert plant_load(number=30, at=AT, say=print) == {"structures de charge": 30}
    assert plant_load(number=50, at=AT, say=print) == {"structures de charge": 20}
    loads = Organisation.objects.filter(slug__startswith="charge-")
    assert loads.count() == 50
    assert all(check_siren(one.siren).is_valid for one in loads)
    assert all(check_siret(one.establishments.get().siret).is_valid for one in loads)
    assert {one.terms.count() for one in loads} == {2}
    assert not Flag.objects.exists()
