"""What the strategy is measured by: the file, the verbs, the commands."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.kernel import registry
from maillage.kernel.models import JournalEntry
from maillage.kernel.registry import Figure, Gauge, Manifest
from maillage.strategy import tasks
from maillage.strategy.actions import load_strategy
from maillage.strategy.actions import measuring as actions
from maillage.strategy.documents import FileRefused
from maillage.strategy.forms.indicators import ReadingForm
from maillage.strategy.indicators_format import find_problems, read_indicator_file
from maillage.strategy.management.commands.load_indicators import SHIPPED
from maillage.strategy.models import Axis, Indicator, Measure, Reading, Strategy, Target
from maillage.strategy.seeds.readings import PLAN, TYPED, plant_readings, plant_snapshot
from tests.factories import AT, TODAY, person, territory
from tests.strategy.files import indicator_file, strategy_file

pytestmark = pytest.mark.django_db
Figures = dict[str, Figure]


@pytest.fixture(autouse=True)
def plan() -> Strategy:
    territory(siren="200000009")
    load_strategy(document=strategy_file(), by=None, at=AT)
    return Strategy.objects.get()


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> Figures:
    """What the gauge of the small file reads, to be changed by a test."""
    read = {"directory.published": Figure(12, {"200000001": 7}, path="/annuaire/", note="dont 2 d’exemple")}

    def now(on: date) -> Figure:
        return read["directory.published"]

    gauges = (Gauge("directory.published", now),)
    monkeypatch.setattr(registry, "_manifests", {"essai": Manifest(room="essai", gauges=gauges)})
    return read


@pytest.fixture
def loaded() -> None:
    actions.load_indicators(document=indicator_file(), by=None, at=AT)


@pytest.fixture
def bruno() -> User:
    return person("bruno@exemple.test")


def of(code: str) -> Indicator:
    return Indicator.objects.select_related("strategy").get(code=code)


def typed(code: str = "2.1", value: str = "7", note: str = "Feuille du 20", on: date = TODAY, **more: Any) -> Reading:
    return actions.record_reading(
        indicator=of(code), on=on, value=Decimal(value), note=note, by=more.get("by"), at=AT
    )  # fmt: skip


def verbs() -> list[str]:
    return list(JournalEntry.objects.exclude(verb="load_strategy").order_by("pk").values_list("verb", flat=True))


# The file.


def test_a_load_writes_indicators_with_their_axis_measure_and_targets(loaded: None) -> None:
    assert list(Indicator.objects.order_by("position").values_list("code", "axis__number", "measure__code")) == [
        ("1.1", 1, "1.2"), ("1.2", 1, None), ("2.1", 2, "2.1"), ("2.2", 2, None),
    ]  # fmt: skip
    assert Target.objects.values_list("indicator__code", "year", "value").get() == ("1.2", 2026, Decimal(2))
    assert verbs() == ["load_indicators"]


def test_a_second_load_writes_nothing(loaded: None) -> None:
    assert actions.load_indicators(document=indicator_file(), by=None, at=AT).is_unchanged
    assert verbs() == ["load_indicators"]


def test_a_dry_run_writes_nothing() -> None:
    report = actions.load_indicators(document=indicator_file(), by=None, at=AT, is_dry_run=True)
    assert (report.created, report.targets, Indicator.objects.count(), verbs()) == (4, 1, 0, [])


def test_a_load_never_touches_what_people_typed(loaded: None) -> None:
    typed()
    actions.set_target(indicator=of("1.2"), year=2026, value=Decimal(4), by=None, at=AT)
    changed = indicator_file()
    changed["indicators"][2]["title"] = "Autre titre"
    report = actions.load_indicators(document=changed, by=None, at=AT)
    assert (report.changed, report.targets) == (1, 0)
    assert (of("2.1").title, Target.objects.get().value, Reading.objects.get().value) == (
        "Autre titre",
        Decimal(4),
        Decimal(7),
    )


def test_what_the_file_forgets_goes_away_unless_it_was_measured(loaded: None) -> None:
    typed("2.1")
    shorter = indicator_file()
    del shorter["indicators"][2:]
    report = actions.load_indicators(document=shorter, by=None, at=AT)
    assert (report.removed, report.kept) == (1, ["2.1"])
    assert set(Indicator.objects.values_list("code", flat=True)) == {"1.1", "1.2", "2.1"}


def test_every_name_that_leads_nowhere_is_told_and_nothing_is_written() -> None:
    wrong = indicator_file()
    wrong["indicators"][0].update({"axis": 9, "measure": "7.7", "gauge": "rien.rien"})
    with pytest.raises(actions.UnknownReference) as refusal:
        actions.load_indicators(document=wrong, by=None, at=AT)
    assert len(str(refusal.value).splitlines()) == 3
    assert "Jauges possibles : directory.published" in str(refusal.value)
    other = indicator_file()
    other["strategy"] = "inconnue"
    with pytest.raises(actions.UnknownReference, match="Lancez d’abord « maillage load_strategy »"):
        actions.load_indicators(document=other, by=None, at=AT)
    assert not Indicator.objects.exists()


def test_an_indicator_outlives_its_axis_and_its_measure(loaded: None) -> None:
    typed("2.1")
    shorter = strategy_file()
    del shorter["axes"][1]
    load_strategy(document=shorter, by=None, at=AT)
    kept = of("2.1")
    assert (kept.axis, kept.measure, kept.readings.count()) == (None, None, 1)
    assert (Axis.objects.count(), Measure.objects.filter(code="2.1").count()) == (1, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "A.1"}, "n’est pas un code comme 2.3"),
        ({"code": "1.2"}, "« 1.2 » est déjà pris"),
        ({"title": " "}, "indicators[0].title : ne peut pas être vide"),
        ({"axis": "1"}, "indicators[0].axis : un petit nombre entier"),
        ({"decimals": 3}, "indicators[0].decimals : un petit nombre entier"),
        ({"kind": "miracle"}, "Valeurs possibles : output, result, impact"),
        ({"is_people": "oui"}, "true ou false attendu"),
        ({"baseline": 3}, "indicators[0].baseline_date : clé absente"),
        ({"baseline": "1.234", "baseline_date": "2025-01-01"}, "deux décimales au plus"),
        ({"baseline": float("nan"), "baseline_date": "2025-01-01"}, "un nombre attendu"),
        ({"baseline": 3, "baseline_date": "hier"}, "une date comme 2025-01-31"),
        ({"targets": {"26": 3}}, "une année de 2000 à 2100"),
        ({"targets": {"2026": -1}}, "un nombre attendu"),
        ({"targets": 3}, "un objet"),
        ({"couleur": "bleu"}, "indicators[0].couleur : clé inconnue"),
    ],
)
def test_a_mistake_of_the_file_is_told_with_its_place(change: dict[str, Any], words: str) -> None:
    document: Any = indicator_file()
    document["indicators"][0].update(change)
    assert any(words in problem for problem in find_problems(document))


@pytest.mark.parametrize("document", [[], {}, {"format": 1}, {"format": 1, "strategy": "a", "indicators": [3]}])
def test_what_is_not_a_list_of_indicators_is_refused(document: Any) -> None:
    assert list(find_problems(document))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for content, words in ((b"{", "ligne 1"), (b"\xff", "UTF-8"), (b" " * 2_000_001, "2 Mo"), (b"[]", "un objet")):
        (tmp_path / "wrong.json").write_bytes(content)
        with pytest.raises(FileRefused, match=words):
            read_indicator_file(tmp_path / "wrong.json")
    with pytest.raises(FileRefused, match="ne peut pas être lu"):
        read_indicator_file(tmp_path / "nowhere.json")


# Targets and typed readings.


def test_a_target_is_set_changed_and_taken_away_and_the_journal_keeps_each(loaded: None, bruno: User) -> None:
    def aim(value: Decimal | None) -> bool:
        return actions.set_target(indicator=of("2.1"), year=2027, value=value, by=bruno, at=AT)

    assert [aim(Decimal(5)), aim(Decimal(5)), aim(Decimal("6.50")), aim(None), aim(None)] == [
        True, False, True, True, False,
    ]  # fmt: skip
    told = JournalEntry.objects.filter(verb="set_target").order_by("pk").values_list("changes", flat=True)
    assert [one["target_2027"] for one in told] == [[None, "5"], ["5", "6.5"], ["6.5", None]]


@pytest.mark.parametrize(("year", "value", "field"), [(2024, "1", "year"), (2029, "1", "year"), (2026, "-1", "value")])
def test_a_target_that_makes_no_sense_is_refused(loaded: None, year: int, value: str, field: str) -> None:
    with pytest.raises(actions.ReadingRefused) as refusal:
        actions.set_target(indicator=of("2.1"), year=year, value=Decimal(value), by=None, at=AT)
    assert (refusal.value.field, Target.objects.filter(indicator__code="2.1").count()) == (field, 0)


def test_a_typed_value_keeps_its_source_and_who_typed_it(loaded: None, bruno: User) -> None:
    kept = typed(by=bruno)
    assert kept.value == 7
    assert (kept.note, kept.by, kept.is_people, kept.is_computed) == ("Feuille du 20", bruno, True, False)
    assert JournalEntry.objects.get(verb="record_reading").changes[TODAY.isoformat()] == [None, "7"]


def test_the_same_day_again_corrects_and_the_same_value_writes_nothing(loaded: None) -> None:
    typed(value="7")
    typed(value="7.00")
    typed(value="9")
    assert Reading.objects.get().value == 9
    told = JournalEntry.objects.filter(verb="record_reading").order_by("pk").values_list("changes", flat=True)
    assert [one[TODAY.isoformat()] for one in told] == [[None, "7"], ["7", "9"]]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "1.1"}, ""),
        ({"note": "  "}, "note"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"value": "-1"}, "value"),
    ],
)
def test_what_cannot_be_a_reading_is_refused(loaded: None, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(actions.ReadingRefused) as refusal:
        typed(**wrong)
    assert (refusal.value.field, Reading.objects.count(), "record_reading" in verbs()) == (field, 0, False)


@pytest.mark.parametrize(
    "facts",
    [
        {"note": ""},
        {"whole": 3},
    ],
)
def test_the_database_refuses_a_reading_that_cannot_be(loaded: None, facts: dict[str, Any]) -> None:
    fine = {"indicator": of("2.1"), "on": TODAY, "value": 7, "note": "Feuille", "made_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(**{**fine, **facts})


def test_the_database_refuses_a_baseline_without_its_day(loaded: None) -> None:
    for facts in ({"baseline": 3}, {"baseline_date": TODAY}, {"kind": "autre"}, {"decimals": 3}, {"better_is": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Indicator.objects.filter(code="2.1").update(**facts)


# Snapshots.


def snapshot(plan: Strategy, on: date = TODAY, **more: Any) -> actions.SnapshotReport:
    return actions.snapshot_indicators(strategy=plan, on=on, by=None, at=AT, **more)


def test_a_snapshot_reads_each_gauge_once_for_a_day(loaded: None, plan: Strategy, figures: Figures) -> None:
    assert snapshot(plan).written == ["1.1"]
    figures["directory.published"] = Figure(99)
    again = snapshot(plan)
    assert (again.written, again.present) == ([], ["1.1"])
    kept = Reading.objects.get()
    assert (kept.value, kept.part_values, kept.path, kept.note, kept.is_computed) == (
        Decimal(12), {"200000001": Decimal(7)}, "/annuaire/", "dont 2 d’exemple", True,
    )  # fmt: skip
    assert verbs().count("snapshot_indicators") == 1


def test_what_a_gauge_says_of_people_stays_with_the_value(loaded: None, plan: Strategy, figures: Figures) -> None:
    figures["directory.published"] = Figure(3, whole=40, is_people=True)
    snapshot(plan)
    kept = Reading.objects.get()
    assert kept.is_people
    assert kept.whole == 40


def test_a_dry_snapshot_writes_nothing(loaded: None, plan: Strategy) -> None:
    assert snapshot(plan, is_dry_run=True).written == ["1.1"]
    assert not Reading.objects.exists()


def test_a_snapshot_is_of_today_or_of_the_day_before(loaded: None, plan: Strategy) -> None:
    assert snapshot(plan, TODAY - timedelta(days=1)).written == ["1.1"]
    for days in (-1, 2, 400):
        with pytest.raises(actions.ReadingRefused, match="l’état d’aujourd’hui"):
            snapshot(plan, TODAY - timedelta(days=days))


def test_a_gauge_that_no_room_offers_is_told_and_stops_nothing(loaded: None, plan: Strategy) -> None:
    Indicator.objects.filter(code="1.2").update(gauge="partie.ailleurs")
    report = snapshot(plan)
    assert (report.written, report.missing) == (["1.1"], ["1.2"])


def test_two_workers_at_once_leave_one_reading(
    loaded: None, plan: Strategy, monkeypatch: pytest.MonkeyPatch, figures: Figures
) -> None:
    def while_another(on: date) -> Figure:
        Reading.objects.create(indicator=of("1.1"), on=on, value=5, is_computed=True, made_at=AT)
        return Figure(12)

    gauge = Gauge("directory.published", while_another)
    monkeypatch.setattr(registry, "_manifests", {"essai": Manifest(room="essai", gauges=(gauge,))})
    snapshot(plan)
    assert Reading.objects.get().value == 5


def test_gauges_are_read_before_anybody_has_to_wait(
    loaded: None, plan: Strategy, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, outside = [], len(connection.savepoint_ids)

    def look(on: date) -> Figure:
        opened.append(len(connection.savepoint_ids) - outside)
        return Figure(12)

    gauge = Gauge("directory.published", look)
    monkeypatch.setattr(registry, "_manifests", {"essai": Manifest(room="essai", gauges=(gauge,))})
    assert snapshot(plan).written == ["1.1"]
    assert opened == [0]


def test_a_snapshot_that_came_second_writes_and_says_nothing(
    loaded: None, plan: Strategy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def while_another(on: date) -> Figure:
        Reading.objects.create(indicator=of("1.1"), on=on, value=5, is_computed=True, made_at=AT)
        return Figure(12)

    gauge = Gauge("directory.published", while_another)
    monkeypatch.setattr(registry, "_manifests", {"essai": Manifest(room="essai", gauges=(gauge,))})
    assert snapshot(plan).written == []
    assert "snapshot_indicators" not in verbs()


def test_the_chore_reads_the_day_once_and_needs_no_strategy(loaded: None) -> None:
    assert (tasks.snapshot(), tasks.snapshot()) == (1, 0)
    Reading.objects.all().delete()
    Strategy.objects.all().delete()
    assert tasks.snapshot() == 0


@time_machine.travel(datetime(2026, 11, 27, 23, 30, tzinfo=UTC), tick=False)
def test_the_day_is_that_of_paris(loaded: None) -> None:
    tasks.snapshot()
    assert Reading.objects.get().on == date(2026, 11, 28)


# Commands and seeds.


def said(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "indicateurs.json"
    path.write_text(json.dumps(indicator_file()), encoding="utf-8")
    return path


def test_the_loading_command_speaks_twice_dry_and_json(file: Path) -> None:
    assert said("load_indicators", file, "--dry-run").startswith("À blanc : 4\xa0indicateurs, 4 de plus")
    assert said("load_indicators", file).startswith("4\xa0indicateurs : 4 de plus")
    assert said("load_indicators", file).startswith("Rien à changer : 4\xa0indicateurs")
    assert json.loads(said("load_indicators", file, "--json"))["is_unchanged"] is True
    typed("2.1")
    shorter = indicator_file()
    del shorter["indicators"][2]
    file.write_text(json.dumps(shorter), encoding="utf-8")
    assert "parce qu’ils ont des relevés : 2.1" in said("load_indicators", file)
    file.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match="ligne 1"):
        said("load_indicators", file)


def test_the_snapshot_command_speaks_twice_dry_and_json(loaded: None) -> None:
    assert said("snapshot_indicators", "--dry-run").startswith("À blanc : 1\xa0indicateur relevé")
    assert said("snapshot_indicators").startswith("1\xa0indicateur relevé le ")
    assert said("snapshot_indicators").startswith("0\xa0indicateur relevé le ")
    told = json.loads(said("snapshot_indicators", "--json"))
    assert (told["written"], told["present"]) == ([], ["1.1"])
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "1\xa0indicateur relevé" in said("snapshot_indicators", f"--on={yesterday}")
    with pytest.raises(CommandError, match="l’état d’aujourd’hui"):
        said("snapshot_indicators", "--on=2020-01-01")
    Indicator.objects.filter(code="1.1").update(gauge="partie.ailleurs")
    Reading.objects.all().delete()
    assert "Sans jauge sur ce site : 1.1" in said("snapshot_indicators")
    Strategy.objects.all().delete()
    with pytest.raises(CommandError, match="Aucune stratégie"):
        said("snapshot_indicators")


def test_the_example_readings_say_so_and_are_planted_once(loaded: None) -> None:
    say: Callable[[str], None] = print
    assert plant_readings("demo", AT, say) == {"relevés d’indicateurs": 0}  # another plan
    assert plant_snapshot("demo", AT, say) == {"chiffres relevés": 1}
    assert plant_snapshot("demo", AT, say) == {"chiffres relevés": 0}
    Strategy.objects.update(slug=PLAN)
    Indicator.objects.filter(code="2.1").update(code="1.9")
    Indicator.objects.filter(code="2.2").update(code="1.13")
    assert plant_readings("demo", AT, say) == {"relevés d’indicateurs": 6}
    assert plant_readings("demo", AT, say) == {"relevés d’indicateurs": 0}
    typed_ones = Reading.objects.filter(is_computed=False)
    assert set(typed_ones.values_list("note", flat=True)) == {"Donnée d’exemple, inventée"}
    Indicator.objects.all().delete()
    assert plant_readings("demo", AT, say) == {"relevés d’indicateurs": 0}
    assert plant_snapshot("demo", AT, say) == {}


def test_the_demonstration_counts_once_every_room_has_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    planted = registry.seeds("demo")
    names = [seed.plant.__name__ for seed in planted]
    assert names[-2:] == ["plant_snapshot", "plant_file"], "what is planted later is not in the figures of the file"


def test_every_invented_story_is_of_an_indicator_that_is_typed() -> None:
    typed = {one["code"] for one in read_indicator_file(SHIPPED)["indicators"] if "gauge" not in one}
    assert {code for code, _ in TYPED} <= typed


def test_the_shipped_file_can_be_loaded_with_the_gauges_of_the_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    shipped = read_indicator_file(SHIPPED)
    named = {one["gauge"] for one in shipped["indicators"] if "gauge" in one}
    assert named == set(registry.gauges())
    assert not any("baseline" in one for one in shipped["indicators"])


def test_every_figure_opens_a_list_and_no_list_of_people_is_public(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.undo()
    found = {key: (gauge.read(TODAY), gauge.listing) for key, gauge in registry.gauges().items()}
    without = {key for key, (figure, listing) in found.items() if not figure.path and listing is None}
    assert without == set(), "name the gauge here, with its reason, if nobody may read what it counts"
    both = {key for key, (figure, listing) in found.items() if figure.path and listing is not None}
    assert both == set()
    of_people = {one.gauge for one in Indicator.objects.filter(is_people=True)} | {
        key for key, (figure, _) in found.items() if figure.is_people
    }
    public = {key for key, (_, listing) in found.items() if listing is not None and listing.is_public}
    assert public == {
        "directory.confirmed", "directory.recognised", "governance.meetings", "governance.steering_meetings",
        "needs.chosen_themes",
    }  # fmt: skip
    assert not public & of_people


@pytest.mark.parametrize(
    ("decimals", "typed", "words"),
    [(0, "12,5", "Écrivez un nombre entier."), (2, "1,234", "Écrivez 2\u00a0chiffres au plus après la virgule.")],
)
def test_a_value_with_too_many_decimals_is_refused_in_plain_words(
    loaded: None, decimals: int, typed: str, words: str
) -> None:
    one = Indicator.objects.get(code="2.1")
    one.decimals = decimals
    form = ReadingForm({"on": TODAY.isoformat(), "value": typed, "note": "Feuille"}, indicator=one)
    assert form.errors["value"] == [words]
