"""Imports that are killed, stopped, or that meet a person: finished when resumed, undone whole, and the person's
value stays.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from maillage.directory import actions, checks, imports
from maillage.directory.actions.import_runs import LEASE
from maillage.directory.bulk import facts_by_pk
from maillage.directory.facts import facts_of
from maillage.directory.imports import running, writing
from maillage.directory.models import ImportRun, Organisation
from tests.directory.importing import HEADER, bring, own_files, receive
from tests.factories import AT, human_source, organisation, siren, siret, small_territory
from tests.hostile.tables import text
from tests.migrated import sqlite_file

__all__ = ["own_files"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_a_run_without_a_sign_of_life_is_marked_interrupted_and_can_be_done_again() -> None:
    run = receive(text(HEADER, f"Les Ateliers;{siret(1)};;;"))
    actions.claim_run(run=run, at=AT)
    assert actions.recover_interrupted(at=AT + LEASE / 2) == []
    (found,) = actions.recover_interrupted(at=AT + LEASE + timedelta(seconds=1))
    assert (found.state, found.pk) == (ImportRun.State.FAILED, run.pk)
    assert "Rien n’a été écrit" in found.report[0]["message"]
    assert imports.carry_out(run=found, by=None, at=AT).state == ImportRun.State.DONE


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_what_a_person_types_between_the_reading_and_the_writing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    made = organisation("Les Ateliers", siren=siren(1), phone="03 22 00 00 01")
    write = running._write

    def and_meanwhile_a_person(*args: object, **options: object) -> object:
        actions.revise_organisation(
            organisation=made, facts={"phone": "03 22 00 00 09"}, source=human_source(), by=None, at=AT
        )
        return write(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "_write", and_meanwhile_a_person)
    run = bring("Nom;SIREN;Téléphone;Sigle", f"Les Ateliers;{siren(1)};0322000002;LA", f"Neuve;{siren(2)};;")
    made.refresh_from_db()
    assert run.state == ImportRun.State.DONE
    assert (made.phone, made.acronym) == ("03 22 00 00 09", "LA")


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_the_same_structure_made_by_a_person_meanwhile_is_updated_not_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    write = running._write

    def and_meanwhile_a_person(*args: object, **options: object) -> object:
        organisation("Les Ateliers", source=human_source(), siren=siren(1))
        return write(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "_write", and_meanwhile_a_person)
    run = bring("Nom;SIREN;Sigle", f"ATELIERS;{siren(1)};LA")
    made = Organisation.objects.get()
    assert (run.counts["created"], run.counts["updated"], made.name, made.acronym) == (0, 1, "Les Ateliers", "LA")


# A memory database has one connection: on SQLite, two processes share a real file, further down.
if "postgresql" in str(settings.DATABASES["default"]["ENGINE"]):

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.usefixtures("own_files")
    def test_a_person_and_an_import_at_the_same_moment_leave_the_human_value(monkeypatch: pytest.MonkeyPatch) -> None:
        made = organisation("Les Ateliers", siren=siren(1), phone="03 22 00 00 01")
        ready = Event()
        errors: list[Exception] = []

        def person() -> None:
            try:
                ready.wait(10)
                actions.revise_organisation(
                    organisation=made, facts={"phone": "03 22 00 00 09"}, source=human_source(), by=None, at=AT
                )
            except Exception as error:  # noqa: BLE001 — told to the test below
                errors.append(error)
            finally:
                connection.close()

        chunk = writing.write_chunk

        def slow_chunk(*args: object) -> object:
            ready.set()
            time.sleep(0.3)
            return chunk(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(writing, "write_chunk", slow_chunk)
        thread = Thread(target=person)
        thread.start()
        bring("Nom;SIREN;Téléphone", f"Les Ateliers;{siren(1)};0322000002")
        thread.join()
        made.refresh_from_db()
        assert errors == []
        assert made.phone == "03 22 00 00 09"


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_facts_read_in_bulk_are_those_read_one_by_one() -> None:
    small_territory()
    bring(
        "Nom;SIRET;Code INSEE;ESUS;Latitude;Longitude;Date de création",
        f"Une;{siret(1)};80620;oui;50,05;3,05;01/02/2003", f"Une;{siret(1, 2)};80829;;;;", "Deux;;;;;;",
    )  # fmt: skip
    bulk = facts_by_pk(set(Organisation.objects.values_list("pk", flat=True)))
    assert len(bulk) == 2
    for one in Organisation.objects.all():
        assert bulk[one.pk].facts == facts_of(one)
        assert bulk[one.pk].sources == one.sources


def install(folder: Path) -> Path:
    """A migrated database of its own in this folder, outside of pytest's."""
    shutil.copyfile(sqlite_file(), folder / "main.db")
    maillage(folder, "createcachetable", "--database", "cache").communicate()
    return folder


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("data"))


def maillage(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DATA_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "main.db", timeout=20) as database:
        found: list[tuple[Any, ...]] = database.execute(query).fetchall()
    database.close()
    return found


def kill_when(process: subprocess.Popen[bytes], folder: Path, *, is_writing: bool) -> None:
    """Kill -9 once the run is at work; while it writes, when asked (the write-ahead log then grows)."""
    log = folder / "main.db-wal"
    limit = time.monotonic() + 60
    start = log.stat().st_size if log.exists() else 0
    while time.monotonic() < limit and process.poll() is None:
        size = log.stat().st_size if log.exists() else 0
        is_running = bool(rows(folder, "SELECT 1 FROM directory_importrun WHERE state = 'running'"))
        if is_running and (not is_writing or size > start + 200_000):
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.one_database
@pytest.mark.timeout(300)
@pytest.mark.parametrize("is_writing", [False, True])
def test_a_killed_import_leaves_whole_steps_and_the_next_one_leaves_all(installed: Path, is_writing: bool) -> None:
    lines = 3_000
    path = installed / f"liste-{is_writing}.csv"
    first = 10_000 * (1 + is_writing)
    path.write_bytes(text(HEADER, *(f"Structure {n};{siret(n)};;;" for n in range(first, first + lines))))
    count = "SELECT count(*) FROM directory_organisation"
    before = rows(installed, count)[0][0]
    assert isinstance(before, int)
    kill_when(maillage(installed, "import_organisations", str(path)), installed, is_writing=is_writing)
    state, written = rows(installed, "SELECT state, written FROM directory_importrun ORDER BY id DESC LIMIT 1")[0]
    left = rows(installed, count)[0][0]
    assert left - before == json.loads(written).get("created", 0)
    assert is_writing or left in {before, before + lines}
    journal = rows(installed, "SELECT count(*) FROM kernel_journalentry WHERE verb = 'create'")[0][0]
    assert journal == left
    rows(installed, "UPDATE directory_importrun SET alive_at = '2020-01-01 00:00:00' WHERE state = 'running'")
    again = maillage(installed, "import_organisations", str(path))
    again.communicate()
    assert again.returncode == 0
    assert rows(installed, count)[0][0] == before + lines
    states = [one for (one,) in rows(installed, "SELECT state FROM directory_importrun ORDER BY id")]
    assert "running" not in states
    if state == "running":
        assert "failed" in states
    assert rows(installed, "PRAGMA integrity_check") == [("ok",)]


HUMAN = """
from datetime import UTC, datetime
from maillage.directory import actions
from maillage.directory.models import Organisation
from maillage.kernel.actions import name_source
at = datetime(2026, 11, 22, tzinfo=UTC)
source = name_source(kind="person", title="Bruno", on=at.date())
for one in Organisation.objects.filter(siren__in={numbers!r}):
    actions.revise_organisation(organisation=one, facts={{"phone": "03 22 99 99 99"}}, source=source, by=None, at=at)
"""


@pytest.mark.one_database
@pytest.mark.timeout(300)
def test_a_person_who_works_while_an_import_writes_keeps_every_value(installed: Path) -> None:
    numbers = [siren(n) for n in range(40_000, 40_400)]
    path = installed / "telephones.csv"

    def deliver(phone: str) -> subprocess.Popen[bytes]:
        path.write_bytes(text("Nom;SIREN;Téléphone", *(f"Structure {one};{one};{phone}" for one in numbers)))
        return maillage(installed, "import_organisations", str(path))

    deliver("03 22 00 00 01").communicate()
    importing = deliver("03 22 00 00 02")
    person = maillage(installed, "shell", "-v", "0", "-c", HUMAN.format(numbers=numbers[::40]))
    person.communicate()
    importing.communicate()
    assert (person.returncode, importing.returncode) == (0, 0)
    phones = dict(rows(installed, "SELECT siren, phone FROM directory_organisation WHERE phone <> ''"))
    assert {phones[one] for one in numbers[::40]} == {"03 22 99 99 99"}
    assert {phones[one] for one in numbers if one not in numbers[::40]} == {"03 22 00 00 02"}


RECEIVE = """
import io, sys
from datetime import UTC, datetime
from maillage.directory import imports
content = b"Nom;SIREN\\n" + b"Une structure;\\n" * 500_000
print("ready", flush=True)
for rank in range(200):
    imports.receive_file(file=io.BytesIO(content), name="liste.csv", label=f"Envoi {rank}", by=None,
                         at=datetime(2026, 11, 22, tzinfo=UTC))
"""
SWEEP = """
from datetime import timedelta
from django.utils import timezone
from maillage.directory.actions.import_runs import remove_stray_files
print(remove_stray_files(at=timezone.now() + timedelta(days=%s)))
"""


@pytest.mark.one_database
@pytest.mark.timeout(300)
def test_a_machine_stopped_while_files_arrive_keeps_whole_files_and_sweeps_the_others(tmp_path: Path) -> None:
    install(tmp_path)
    media = tmp_path / "media" / "imports"
    for wait in (0.05, 0.2, 0.35, 0.5):
        receiving = maillage(tmp_path, "shell", "-v", "0", "-c", RECEIVE)
        assert receiving.stdout is not None
        assert receiving.stdout.readline() == b"ready\n"
        time.sleep(wait)
        receiving.send_signal(signal.SIGKILL)
        receiving.communicate()
    kept = rows(tmp_path, "SELECT file, file_digest, state FROM directory_importrun")
    assert kept
    for file, digest, state in kept:
        assert (hashlib.sha256((tmp_path / "media" / file).read_bytes()).hexdigest(), state) == (digest, "draft")
    (media / "coupe.csv").write_bytes(b"Nom;SI")
    strays = len(list(media.iterdir())) - len(kept)

    def sweep(days: int) -> bytes:
        return maillage(tmp_path, "shell", "-v", "0", "-c", SWEEP % days).communicate()[0].strip()

    assert sweep(0) == b"0"
    assert sweep(2) == str(strays).encode()
    assert {f"imports/{one.name}" for one in media.iterdir()} == {file for file, _, _ in kept}


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_a_received_file_that_was_changed_or_lost_is_a_breach() -> None:
    changed, lost = receive(text(HEADER, "Une;;;;")), receive(text(HEADER, "Deux;;;;"))
    assert list(checks.find_breaches()) == []
    Path(changed.file.path).write_bytes(b"Nom\nAutre\n")
    Path(lost.file.path).unlink()
    assert [(one.subject, one.message) for one in checks.find_breaches()] == [
        (changed.batch, "its file is not what was received"), (lost.batch, "its file is gone"),
    ]  # fmt: skip
