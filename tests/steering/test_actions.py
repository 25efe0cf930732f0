"""A file is frozen as of a day: made once, set aside for a reason, told by the command."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from maillage.kernel.models import JournalEntry
from maillage.steering import actions
from maillage.steering.checks import CHANGED, find_breaches
from maillage.steering.models import CommitteeFile, CommitteePaper, Form
from maillage.steering.printing import papers_of
from maillage.strategy.enums import State
from maillage.strategy.models import Strategy
from tests.factories import person
from tests.steering.world import BEFORE, DAY, NOON, plan, prepared, steer, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy() -> Strategy:
    return plan()


def sums(file: CommitteeFile) -> dict[str, str]:
    return {one.form: hashlib.sha256(bytes(one.content)).hexdigest() for one in file.papers.order_by("form")}


def verbs() -> list[str]:
    found = JournalEntry.objects.filter(object_type="steering.committeefile").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_the_same_day_gives_the_same_row_and_the_same_bytes(strategy: Strategy) -> None:
    bruno = person("bruno@exemple.test")
    first = prepared(strategy, by=bruno)
    kept = sums(first)
    steer("1.1", days=0, state=State.UNDER_WAY)
    again = prepared(strategy, at=NOON + timedelta(days=40))
    assert (again.pk, again.made_at, again.made_by, sums(again)) == (first.pk, NOON, bruno, kept)
    assert (sorted(kept), verbs()) == (["odp", "odt", "pdf"], ["prepare_file"])
    assert [one.sha256 for one in again.papers.order_by("form")] == list(kept.values())


def test_the_kept_document_alone_gives_the_same_bytes_a_year_later(strategy: Strategy, time_machine: Any) -> None:
    made = prepared(strategy)
    time_machine.move_to(NOON + timedelta(days=365), tick=True)
    kept = CommitteeFile.objects.get(pk=made.pk).document
    again = {form: hashlib.sha256(content).hexdigest() for form, content in papers_of(kept, DAY).items()}
    assert again == sums(made)


def test_the_pdf_is_tagged_titled_and_french(strategy: Strategy) -> None:
    with pikepdf.open(BytesIO(bytes(prepared(strategy).papers.get(form=Form.PDF).content))) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang).startswith("fr")
        assert "/StructTreeRoot" in document.Root
        with document.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert "comité de pilotage" in told["dc:title"]


def test_a_day_to_come_is_refused_and_nothing_is_written(strategy: Strategy) -> None:
    with pytest.raises(actions.FileRefused, match="jour à venir") as refusal:
        prepared(strategy, DAY + timedelta(days=1))
    assert (refusal.value.field, CommitteeFile.objects.count(), verbs()) == ("as_of", 0, [])


def test_a_day_before_the_strategy_is_refused_and_nothing_is_written(strategy: Strategy) -> None:
    with pytest.raises(actions.FileRefused, match=f"commence en {strategy.start_year}") as refusal:
        prepared(strategy, date(strategy.start_year - 1, 12, 31))
    assert (refusal.value.field, CommitteeFile.objects.count(), verbs()) == ("as_of", 0, [])


def test_a_file_that_cannot_be_printed_leaves_nothing(strategy: Strategy, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(actions, "papers_of", fail)
    with pytest.raises(OSError):  # noqa: PT011 — ours
        prepared(strategy)
    assert (CommitteeFile.objects.count(), verbs()) == (0, [])


def test_a_file_is_compared_with_the_last_one_that_was_not_set_aside(strategy: Strategy) -> None:
    first = prepared(strategy, BEFORE - timedelta(days=30))
    second = prepared(strategy, BEFORE)
    assert (first.since, second.since) == (None, first.as_of)
    actions.discard_file(file=second, reason="Des étapes ont changé", by=None, at=NOON)
    assert prepared(strategy).since == first.as_of


def test_a_file_is_set_aside_for_a_reason_once_and_another_takes_its_day(strategy: Strategy) -> None:
    made = prepared(strategy)
    with pytest.raises(actions.FileRefused, match="pourquoi") as refusal:
        actions.discard_file(file=made, reason="  ", by=None, at=NOON)
    assert refusal.value.field == "reason"
    actions.discard_file(file=made, reason=" Une étape manque ", by=None, at=NOON)
    with pytest.raises(actions.FileRefused, match="déjà"):
        actions.discard_file(file=made, reason="Encore", by=None, at=NOON)
    steer("1.1", days=0, state=State.UNDER_WAY)
    other = prepared(strategy)
    made.refresh_from_db()
    assert (made.discard_reason, made.discarded_at, other.pk != made.pk) == ("Une étape manque", NOON, True)
    assert ("1 en cours" in words_of(other), "1 en cours" in words_of(made)) == (True, False)
    assert made.papers.count() == 3
    assert verbs() == ["prepare_file", "discard_file", "prepare_file"]


def test_the_database_keeps_one_file_for_a_day_and_a_reason_for_each_set_aside(strategy: Strategy) -> None:
    facts = {"strategy": strategy, "as_of": DAY, "document": {}, "made_at": NOON}
    CommitteeFile.objects.create(**facts)
    for wrong in ({}, {"discarded_at": NOON}, {"discard_reason": "Pour rien"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CommitteeFile.objects.create(**{**facts, **wrong})
    CommitteeFile.objects.create(**facts, discarded_at=NOON, discard_reason="Trop tôt")


def test_a_byte_that_changed_is_a_breach(strategy: Strategy) -> None:
    made = prepared(strategy)
    assert list(find_breaches()) == []
    paper = made.papers.get(form=Form.ODT)
    content = bytearray(bytes(paper.content))
    content[-1] ^= 1
    CommitteePaper.objects.filter(pk=paper.pk).update(content=bytes(content))
    assert [(one.check, one.subject) for one in find_breaches()] == [(CHANGED, f"{made.pk}.odt")]


# The command.


def said(*arguments: object) -> str:
    out = StringIO()
    call_command("copil_dossier", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


def read(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir())}


@pytest.mark.usefixtures("_now")
def test_the_command_writes_the_same_bytes_again_and_a_year_later(
    strategy: Strategy, tmp_path: Path, time_machine: Any
) -> None:
    told = said("--output", tmp_path / "a")
    assert told.startswith("dossier du comité au 15\u00a0décembre 2026, écrit dans ")
    first = read(tmp_path / "a")
    assert list(first) == [f"comite-de-pilotage-2026-12-15.{form}" for form in ("odp", "odt", "pdf")]
    time_machine.move_to(NOON + timedelta(days=365), tick=False)
    answer = json.loads(said("--output", tmp_path / "b", "--as-of", "2026-12-15", "--json"))
    assert read(tmp_path / "b") == first
    assert {form: one["sha256"] for form, one in answer["files"].items()} == {
        name[-3:]: hashlib.sha256(content).hexdigest() for name, content in first.items()
    }
    assert CommitteeFile.objects.count() == 1


@pytest.mark.usefixtures("_now")
@pytest.mark.parametrize(("day", "words"), [
    ("hier", "« hier » n’est pas un jour. Écrivez par exemple 2026-11-28."),
    ("2026-02-30", "n’est pas un jour"),
    ("2026-12-16", "jour à venir"),
])  # fmt: skip
def test_a_wrong_day_is_told_and_writes_nothing(strategy: Strategy, tmp_path: Path, day: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        said("--output", tmp_path, "--as-of", day)
    assert (CommitteeFile.objects.count(), list(tmp_path.iterdir())) == (0, [])


@pytest.mark.usefixtures("_now")
def test_a_folder_that_cannot_be_written_is_told(strategy: Strategy, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CommandError, match="ne peut pas recevoir les fichiers"):
        said("--output", tmp_path / "file" / "below")
    assert CommitteeFile.objects.count() == 0


def test_without_a_strategy_the_command_says_how_to_load_one(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="load_strategy"):
        said("--output", tmp_path)
