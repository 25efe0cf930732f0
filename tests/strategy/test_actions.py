from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from maillage.kernel.models import JournalEntry
from maillage.strategy.actions import UnknownTerritory, load_strategy
from maillage.strategy.models import Axis, Measure, Objective, Strategy
from tests.factories import AT, territory
from tests.strategy.files import strategy_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _territory() -> None:
    territory(siren="200000009")


def test_a_load_writes_axes_objectives_measures_and_bodies() -> None:
    report = load_strategy(document=strategy_file(), by=None, at=AT)
    assert (report.axes, report.measures, report.bodies) == (2, 3, 1)
    assert list(Measure.objects.order_by("position").values_list("code", "axis__number")) == [
        ("1.1", 1), ("1.2", 1), ("2.1", 2), ("G.1", None),
    ]  # fmt: skip
    assert list(Objective.objects.order_by("axis__number", "number").values_list("text", flat=True)) == [
        "Relier", "Partager", "Oser",
    ]  # fmt: skip
    assert JournalEntry.objects.get().verb == "load_strategy"


def test_a_second_load_writes_nothing() -> None:
    load_strategy(document=strategy_file(), by=None, at=AT)
    assert load_strategy(document=strategy_file(), by=None, at=AT).is_unchanged
    assert JournalEntry.objects.count() == 1


def test_a_dry_run_writes_nothing() -> None:
    report = load_strategy(document=strategy_file(), by=None, at=AT, is_dry_run=True)
    assert not report.is_unchanged
    assert not Strategy.objects.exists()


def test_a_measure_keeps_its_identity_by_its_code() -> None:
    load_strategy(document=strategy_file(), by=None, at=AT)
    before = Measure.objects.get(code="1.2").pk
    changed = strategy_file()
    changed["axes"][0]["measures"][1]["title"] = "Un annuaire partagé"
    changed["axes"][0]["measures"].insert(1, {"code": "1.3", "title": "Une lettre"})
    load_strategy(document=changed, by=None, at=AT)
    kept = Measure.objects.get(code="1.2")
    assert (kept.pk, kept.title) == (before, "Un annuaire partagé")


def test_an_axis_that_goes_away_takes_its_measures_and_objectives() -> None:
    load_strategy(document=strategy_file(), by=None, at=AT)
    shorter = strategy_file()
    del shorter["axes"][1]
    report = load_strategy(document=shorter, by=None, at=AT)
    assert (report.tallies["axis"].removed, report.tallies["measure"].removed) == (1, 1)
    assert (Axis.objects.count(), Measure.objects.count(), Objective.objects.count()) == (1, 3, 2)
    assert load_strategy(document=shorter, by=None, at=AT).is_unchanged


def test_a_territory_that_is_not_loaded_is_told() -> None:
    document = strategy_file()
    document["territory"] = "299999999"
    with pytest.raises(UnknownTerritory, match="Lancez d’abord « maillage load_territory »"):
        load_strategy(document=document, by=None, at=AT)
    assert not Strategy.objects.exists()


def test_the_command_speaks_french_and_json_and_fails_aloud(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(strategy_file()), encoding="utf-8")

    def said(*arguments: object) -> str:
        out = io.StringIO()
        call_command("load_strategy", *map(str, arguments), stdout=out)
        return out.getvalue()

    assert said(path, "--dry-run").startswith("À blanc : « Plan d’essai » serait chargée")
    assert said(path).startswith("« Plan d’essai » est chargée : 2\xa0axes, 3\xa0mesures, 1\xa0instance.")
    assert said(path).startswith("Rien à changer : « Plan d’essai » est déjà à jour")
    assert json.loads(said(path, "--json"))["is_unchanged"] is True
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match="n’est pas du JSON : ligne 1"):
        said(path)
