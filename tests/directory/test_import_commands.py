from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from maillage.directory import tasks
from maillage.directory.actions import queue_run
from maillage.directory.models import DuplicatePair, ImportRun, Organisation
from tests.directory.importing import HEADER, bring, own_files, receive, traces
from tests.factories import AT, person, siret, small_territory
from tests.hostile import tables

__all__ = ["own_files"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def answer(*words: str) -> Any:
    return json.loads(run(*words, "--json").splitlines()[-1])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(
        tables.text(HEADER, f"Les Ateliers;{siret(1)};;Péronne;80200", "Le Relais;;;Y;80190", encoding="cp1252")
    )
    return path


def test_a_file_is_imported_and_the_second_time_says_zero_created(file: Path) -> None:
    small_territory()
    assert "2 créées, 0 mises à jour" in run("import_organisations", str(file))
    assert "0 créées, 0 mises à jour, 2 inchangées" in run("import_organisations", str(file))
    assert set(Organisation.objects.values_list("status", flat=True)) == {"to_review"}


def test_a_dry_run_writes_nothing_at_all(file: Path) -> None:
    small_territory()
    before = traces()
    found = answer("import_organisations", str(file), "--dry-run")
    assert (found["state"], found["counts"]["created"]) == ("preview", 2)
    assert (traces(), ImportRun.objects.count()) == (before, 0)


def test_a_refused_file_exits_with_the_line_and_the_column(tmp_path: Path) -> None:
    path = tmp_path / "casse.csv"
    path.write_bytes(tables.shifted_columns())
    with pytest.raises(CommandError, match=r"ligne 3, colonne « 5 ».*décalées"):
        run("import_organisations", str(path))
    with pytest.raises(CommandError, match=r"Ligne 3, colonne 5 : .*décalées"):
        run("import_organisations", str(path), "--dry-run")
    with pytest.raises(CommandError, match="introuvable"):
        run("import_organisations", str(tmp_path / "absent.csv"))


def test_columns_can_be_told_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(tables.text("Nom;Remarque", "Les Ateliers;Réparer"))
    run("import_organisations", str(path), "--column", "Nom=name", "--column", "Remarque=description")
    assert Organisation.objects.get().description == "Réparer"


def test_an_import_is_undone_by_its_number(file: Path) -> None:
    number = answer("import_organisations", str(file))["run"]
    assert answer("undo_import", str(number), "--dry-run")["deleted"] == 2
    assert Organisation.objects.count() == 2
    assert "2 fiches retirées" in run("undo_import", str(number))
    assert Organisation.objects.count() == 0
    with pytest.raises(CommandError, match="rien à annuler"):
        run("undo_import", str(number))
    with pytest.raises(CommandError, match="n’existe pas"):
        run("undo_import", "999")


def test_duplicates_are_looked_for_on_demand() -> None:
    small_territory()
    bring("Nom;Commune", "Amicale laïque;Péronne", label="Une")
    bring("Nom;Commune", "Amicale laique;Péronne", label="Deux")
    DuplicatePair.objects.all().delete()
    assert answer("find_duplicates", "--dry-run") == {"pairs": 1}
    assert not DuplicatePair.objects.exists()
    assert answer("find_duplicates", "--since=2026-01-01") == {"pairs": 1}
    assert "0 nouvelles paires" in run("find_duplicates")


def test_a_task_carries_an_import_out_once() -> None:
    kept = receive(tables.text(HEADER, f"Les Ateliers;{siret(1)};;;"))
    assert tasks.preview_import.enqueue(kept.pk).return_value == "draft"
    assert tasks.carry_out_import.enqueue(kept.pk).return_value == "draft"  # nobody put it in line
    queue_run(run=kept, at=AT)
    assert tasks.carry_out_import.enqueue(kept.pk, person().pk).return_value == "done"
    before = traces()
    assert tasks.carry_out_import.enqueue(kept.pk).return_value == "done"
    assert tasks.preview_import.enqueue(kept.pk).return_value == "done"
    assert traces() == before
    assert tasks.look_for_duplicates.enqueue().return_value == 0
