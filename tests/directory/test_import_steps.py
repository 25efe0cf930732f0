"""Imports that write in committed steps: stopped, resumed, undone, and what others see meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError

from maillage.directory import actions, imports, pace
from maillage.directory.actions import undoing
from maillage.directory.actions.import_runs import LEASE, stop_run
from maillage.directory.facts import facts_of
from maillage.directory.imports import writing
from maillage.directory.models import ImportRun, Organisation
from maillage.directory.queries.imports import counts_by_commune
from maillage.kernel.models import JournalEntry
from tests.directory.importing import HEADER, bring, counts, messages, own_files, receive, traces
from tests.factories import AT, human_source, open_source, organisation, person, siren, siret, small_territory
from tests.hostile.tables import text

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files", "small_steps")]
LINES = [HEADER, *(f"Structure {number};{siret(number)};;;" for number in range(1, 11))]


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three lines a step, two sheets a step when undoing."""
    for name in ("SMALLEST", "FIRST", "LARGEST"):
        monkeypatch.setattr(pace, name, 3)
    monkeypatch.setattr(undoing, "STEP", 2)


def after_steps(monkeypatch: pytest.MonkeyPatch, number: int, do: Callable[[], object]) -> None:
    """Do something in the middle of the step that follows so many."""
    write, steps = writing.write_chunk, iter(range(1_000))

    def and_then(*args: Any) -> None:
        write(*args)
        if next(steps) == number:
            do()

    monkeypatch.setattr(writing, "write_chunk", and_then)


def fail(error: Exception) -> Callable[[], object]:
    def raise_it() -> object:
        raise error

    return raise_it


def everything() -> list[dict[str, object]]:
    return [{**facts_of(one), "slug": one.slug, "sources": one.sources} for one in Organisation.objects.order_by("pk")]


def cut(monkeypatch: pytest.MonkeyPatch, steps: int = 2) -> ImportRun:
    """An import of ten lines that broke after so many steps."""
    with monkeypatch.context() as broken:
        after_steps(broken, steps, fail(DatabaseError("disk I/O error")))
        return bring(*LINES)


def test_an_import_that_breaks_keeps_its_whole_steps_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    run = cut(monkeypatch)
    assert (run.state, run.written) == (ImportRun.State.FAILED, {"created": 6, "updated": 0})
    assert Organisation.objects.count() == 6
    ((line, column, message),) = messages(run)
    assert (line, column) == (0, "")
    assert message.endswith("6 lignes sont déjà écrites : reprenez l’import pour le finir, ou annulez-le pour tout "
                            "retirer.")  # fmt: skip


def test_resuming_writes_the_rest_once_and_counts_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    run = cut(monkeypatch)
    run = imports.carry_out(run=run, by=None, at=AT + timedelta(hours=1))
    assert (run.state, counts(run)) == (ImportRun.State.DONE, (10, 0, 0, 0))
    assert Organisation.objects.count() == 10
    assert JournalEntry.objects.filter(batch=run.batch, verb="create").count() == 10
    before = traces()
    assert counts(bring(*LINES)) == (0, 0, 10, 0)
    assert traces() == before


def test_a_half_written_import_is_undone_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation("Ancienne", siren=siren(1), phone="03 22 00 00 01", source=open_source("Premier fichier"))
    before = everything()
    run = cut(monkeypatch)
    assert everything() != before
    actions.undo_import(run=run, by=None, at=AT)
    run.refresh_from_db()
    assert (run.state, run.written) == (ImportRun.State.UNDONE, {})
    assert everything() == before


def test_an_import_resumed_after_it_was_cut_is_undone_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    run = imports.carry_out(run=cut(monkeypatch), by=None, at=AT)
    undone = actions.undo_import(run=run, by=None, at=AT)
    assert (undone.deleted, undone.kept, Organisation.objects.count()) == (10, [], 0)


def test_an_undo_that_breaks_is_finished_by_doing_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation("Ancienne", siren=siren(1), phone="03 22 00 00 01", source=open_source("Premier fichier"))
    before = everything()
    run = bring(*LINES)
    delete, calls = undoing._delete, iter(range(1_000))

    def delete_twice_only(*args: Any) -> None:
        if next(calls) == 2:
            raise DatabaseError("disk I/O error")
        delete(*args)

    with monkeypatch.context() as broken:
        broken.setattr(undoing, "_delete", delete_twice_only)
        with pytest.raises(DatabaseError):
            actions.undo_import(run=run, by=None, at=AT, clock=lambda: AT)
    run.refresh_from_db()
    assert run.state == ImportRun.State.UNDOING
    assert 1 < Organisation.objects.count() < 10
    with pytest.raises(actions.UndoRefused):
        actions.undo_import(run=run, by=None, at=AT)
    (found,) = actions.recover_interrupted(at=AT + LEASE * 2)
    assert found.report[0]["message"].startswith("L’annulation a été interrompue")
    actions.undo_import(run=found, by=None, at=AT)
    assert everything() == before


def test_a_person_stops_an_import_at_its_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    run, by = receive(text(*LINES)), person()
    after_steps(monkeypatch, 1, lambda: stop_run(run=run, by=by, at=AT))
    run = imports.carry_out(run=run, by=by, at=AT)
    assert (run.state, run.written) == (ImportRun.State.FAILED, {"created": 6, "updated": 0})
    assert "arrêté par une personne" in run.report[0]["message"]
    assert JournalEntry.objects.get(verb="stop").actor_id == by.pk
    assert imports.carry_out(run=run, by=by, at=AT + timedelta(hours=1)).state == ImportRun.State.DONE


def test_a_worker_that_was_taken_for_dead_writes_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    run = receive(text(*LINES))

    def take_over() -> None:
        ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.FAILED)
        actions.claim_run(run=ImportRun.objects.get(pk=run.pk), at=AT + timedelta(hours=1))

    after_steps(monkeypatch, 0, take_over)
    assert imports.carry_out(run=run, by=None, at=AT).state == ImportRun.State.RUNNING
    assert Organisation.objects.count() == 3


def test_a_number_taken_by_somebody_between_the_look_and_the_writing_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    after_steps(monkeypatch, 0, fail(IntegrityError("UNIQUE")))
    run = bring(*LINES)
    assert (run.state, counts(run), Organisation.objects.count()) == (ImportRun.State.DONE, (10, 0, 0, 0), 10)


def test_what_a_person_changed_between_two_goes_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    run = cut(monkeypatch)
    made = Organisation.objects.get(name="Structure 1")
    actions.revise_organisation(organisation=made, facts={"name": "Le bon nom"}, source=human_source(), by=None, at=AT)
    assert imports.carry_out(run=run, by=None, at=AT).state == ImportRun.State.DONE
    made.refresh_from_db()
    assert made.name == "Le bon nom"


def test_new_sheets_wait_for_a_person_so_that_the_public_never_sees_half_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut(monkeypatch)
    assert set(Organisation.objects.values_list("status", flat=True)) == {"to_review"}


def test_the_report_by_commune_counts_sheets_made_and_revised() -> None:
    small_territory()
    organisation("Ancienne", siren=siren(20), source=open_source("Premier fichier"))
    run = bring(
        "Nom;SIREN;Commune;Code postal;Sigle", f"Ancienne;{siren(20)};;;AN", "Atelier;;Péronne;80200;",
        "Relais;;Péronne;80200;", "Club;;Y;80190;",
    )  # fmt: skip
    assert [(one.name, one.made, one.revised) for one in counts_by_commune(run)] == [
        ("", 0, 1), ("Péronne", 2, 0), ("Y", 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(("seconds", "size"), [(0.1, 4), (0.3, 3), (0.9, 1)])
def test_a_step_grows_when_it_was_short_and_halves_when_it_was_long(
    monkeypatch: pytest.MonkeyPatch, seconds: float, size: int
) -> None:
    monkeypatch.setattr(pace, "SMALLEST", 1)
    monkeypatch.setattr(pace, "LARGEST", 100)
    steps = pace.Pace()
    steps.took(seconds)
    assert steps.size == size
