"""The change table, the follower, the rebuild and the check, with documents made by the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from maillage.search import actions, changes, checks, queries, registry
from maillage.search.engine import Document, Query, state
from maillage.search.models import Change


@dataclass
class Shelf:
    """Stands in for a room's tables: what there is, by id."""

    titles: dict[int, str] = field(default_factory=dict)

    def documents(self, ids: Sequence[int]) -> Iterator[Document]:
        for number in ids:
            if number in self.titles:
                yield Document(kind="book", id=number, title=self.titles[number], url=f"/{number}/")

    def all_ids(self) -> list[int]:
        return sorted(self.titles)

    def put(self, number: int, title: str) -> None:
        self.titles[number] = title
        actions.note_change(kind="book", ids=[number])


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    settings.SEARCH_DIR = tmp_path / "search"
    monkeypatch.setattr(registry, "_sources", {})
    made = Shelf()
    registry.register(kind="book", documents=made.documents, all_ids=made.all_ids)
    return made


def found(text: str) -> list[int]:
    return sorted(row.id for row in queries.search(Query(text=text)).rows)


pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_written_is_found_after_commit(shelf: Shelf) -> None:
    actions.rebuild()
    with transaction.atomic():
        shelf.put(1, "Ressourcerie")
        assert found("ressourcerie") == []
    assert found("ressourcerie") == [1]
    shelf.put(1, "Jardin")
    assert (found("ressourcerie"), found("jardin")) == ([], [1])
    del shelf.titles[1]
    actions.note_change(kind="book", ids=[1])
    assert found("jardin") == []


def test_a_write_that_is_rolled_back_leaves_no_change(shelf: Shelf) -> None:
    actions.rebuild()
    with transaction.atomic():
        shelf.put(1, "Ressourcerie")
        transaction.set_rollback(True)
    assert (Change.objects.count(), found("ressourcerie")) == (0, [])


def test_a_write_goes_on_when_there_is_no_index(shelf: Shelf) -> None:
    shelf.put(1, "Ressourcerie")
    assert (Change.objects.count(), queries.is_ready()) == (1, False)
    assert actions.follow().state == "rebuild"


def test_a_busy_index_is_left_to_whoever_writes(shelf: Shelf) -> None:
    actions.rebuild()
    with state.writing(actions.root()):
        shelf.put(1, "Ressourcerie")
        assert actions.follow().state == "busy"
        with pytest.raises(CommandError, match="autre processus"):
            call_command("rebuild_index")
    assert actions.follow().changes == 1
    assert found("ressourcerie") == [1]


def test_following_twice_reads_nothing_more(shelf: Shelf) -> None:
    actions.rebuild()
    shelf.titles |= {number: f"Livre {number}" for number in range(1, 26)}
    Change.objects.bulk_create(
        Change(kind="book", object_id=number, transaction=changes.transaction_number()) for number in range(1, 26)
    )
    first = actions.follow(limit=10)
    assert (first.changes, first.has_more) == (10, True)
    assert actions.catch_up(limit=10).changes == 15
    assert actions.follow() == actions.Followed()
    assert len(found("livre")) == 20
    assert queries.search(Query(text="livre")).total == 25


def test_two_indexes_follow_the_same_table(shelf: Shelf, settings: Settings, tmp_path: Path) -> None:
    first, second = settings.SEARCH_DIR, tmp_path / "other"
    for folder in (first, second):
        settings.SEARCH_DIR = folder
        actions.rebuild()
    shelf.put(1, "Ressourcerie")
    assert found("ressourcerie") == [1]
    settings.SEARCH_DIR = first
    assert found("ressourcerie") == []
    actions.follow()
    assert found("ressourcerie") == [1]


def test_a_change_that_is_committed_late_is_still_read(shelf: Shelf) -> None:
    """On PostgreSQL the smaller id appears after the bigger one was read; SQLite has one writer at a time."""
    actions.rebuild()
    noted, release = Event(), Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                Change.objects.create(kind="book", object_id=1, transaction=changes.transaction_number())
                noted.set()
                release.wait(20)
        finally:
            connection.close()

    thread = Thread(target=slow_writer)
    thread.start()
    assert noted.wait(20)
    if connection.vendor == "sqlite":
        release.set()
        thread.join()
    shelf.titles |= {1: "Tardif", 2: "Premier", 3: "Dernier"}
    quick = Change.objects.create(kind="book", object_id=2, transaction=changes.transaction_number())
    actions.follow()
    assert found("premier") == [2]
    release.set()
    thread.join()
    late = Change.objects.get(object_id=1)
    assert late.id < quick.id
    actions.follow()
    assert found("tardif") == [1]
    shelf.put(3, "Dernier")
    assert found("dernier") == [3]
    assert actions.follow().changes == 0


def test_a_rebuild_reads_what_changes_meanwhile(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.titles[1] = "Avant"
    all_ids = shelf.all_ids

    def busy_all_ids() -> list[int]:
        ids = all_ids()
        shelf.put(2, "Pendant")
        return ids

    registry.register(kind="book", documents=shelf.documents, all_ids=busy_all_ids)
    assert actions.rebuild().documents == 1
    actions.follow()
    assert (found("avant"), found("pendant")) == ([1], [2])


def test_pruned_changes_ask_a_late_index_for_a_rebuild_and_no_other(
    shelf: Shelf, settings: Settings, tmp_path: Path
) -> None:
    late, current = tmp_path / "late", tmp_path / "current"
    for folder in (late, current):
        settings.SEARCH_DIR = folder
        actions.rebuild()
    shelf.put(1, "Un")
    shelf.put(2, "Deux")
    assert actions.prune(timezone.now() + timedelta(seconds=1)) == 1
    assert actions.follow().state == "ready"
    settings.SEARCH_DIR = late
    refused = actions.follow()
    assert (refused.state, "pruned" in refused.reason) == ("rebuild", True)
    assert actions.keep_up().state == "ready"
    assert found("un") == [1]


def test_a_database_older_than_the_index_asks_for_a_rebuild(shelf: Shelf) -> None:
    actions.rebuild()
    shelf.put(1, "Un")
    Change.objects.all().delete()
    assert actions.follow().state == "rebuild"


@pytest.mark.parametrize("harm", ["state", "index", "base", "version"])
def test_a_broken_index_is_said_and_rebuilt(shelf: Shelf, harm: str) -> None:
    shelf.titles[1] = "Un"
    actions.rebuild()
    current = state.read(actions.root())
    assert current is not None
    folder = actions.root() / current.folder
    if harm == "state":
        (actions.root() / state.CURRENT).write_text("{")
    elif harm == "version":
        state.write(actions.root(), state.State(-1, current.folder, 1, 0))
    else:
        (folder / harm).rename(folder / "gone") if harm == "index" else (folder / "base-1/about.json").write_text("")
    queries._engine_of.cache_clear()
    assert queries.search(Query(text="un")).state == "missing"
    assert list(checks.find_breaches()) != []
    actions.keep_up()
    assert found("un") == [1]


def test_the_check_finds_each_difference(shelf: Shelf) -> None:
    shelf.titles |= {1: "Un", 2: "Deux", 3: "Trois"}
    actions.rebuild()
    assert list(checks.find_breaches()) == []
    # Written behind the back of the verbs: no change says so.
    shelf.titles |= {2: "Autre", 4: "Quatre"}
    del shelf.titles[3]
    assert {(breach.subject, breach.message) for breach in checks.find_breaches()} == {
        ("book:2", "is indexed in an older form"),
        ("book:4", "is not indexed"),
        ("index", "1 documents are indexed whose object is gone"),
    }


def test_the_worker_renews_the_base_when_much_has_changed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LEAST_DELTA", 3)
    actions.rebuild()
    for number in range(1, 6):
        shelf.put(number, f"Livre {number}")
    actions.note_change(kind="book", ids=[99])
    actions.keep_up()
    view = queries.engine().view()
    assert view is not None
    assert (len(view.delta), view.base.count, view.count) == (0, 5, 5)
    assert found("livre") == [1, 2, 3, 4, 5]
    assert list(checks.find_breaches()) == []


def test_commands_say_what_they_did(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.titles[1] = "Un"
    with pytest.raises(CommandError, match="rebuild_index"):
        call_command("follow_index")
    call_command("rebuild_index", "--json")
    assert '"documents": 1' in capsys.readouterr().out
    Change.objects.create(kind="book", object_id=1, transaction=changes.transaction_number())
    call_command("follow_index", "--json")
    assert '"changes": 1, "documents": 1, "state": "ready"' in capsys.readouterr().out


def test_a_kind_that_no_room_knows_is_passed_over(shelf: Shelf) -> None:
    actions.rebuild()
    actions.note_change(kind="unknown", ids=[1, 2])
    assert actions.follow() == actions.Followed()
    assert queries.search(Query()).total == 0
