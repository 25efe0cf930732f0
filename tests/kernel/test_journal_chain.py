"""The chain of the journal, and the mutants that it must catch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from maillage.kernel import chain, registry
from maillage.kernel.actions import blank_parts, entry, guard_journal, journal, seal_journal
from maillage.kernel.actions.sealing import SEAL_SIZE
from maillage.kernel.bulk import insert_rows
from maillage.kernel.models import JournalEntry, JournalIsAppendOnly, JournalSeal, Source
from maillage.kernel.queries.audit import check_audit
from tests.factories import human_source, person

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
db = pytest.mark.django_db


@pytest.fixture
def written(db: None) -> list[JournalEntry]:
    """Twelve acts, by a person, in two seals of seven and five."""
    target, by = human_source(), person(first_name="Bruno", last_name="Martin")
    acts = [act(target, number, by=by) for number in range(7)]
    seal_journal(at=NOON)
    acts += [act(target, number, by=by) for number in range(7, 12)]
    seal_journal(at=NOON + timedelta(hours=2))
    return acts


def act(target: Source, number: int, **facts: Any) -> JournalEntry:
    changes = {
        "name": [None, f"Nom {number}"],
        "email": [None, f"a{number}@exemple.test"],
        "gps": [0.1, {"b": 1, "a": 2}],
    }
    return journal(verb="create", target=target, changes=changes, at=NOON, note="été", **{"by": None, **facts})


def raw(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def mutate(pk: int, column: str, value: Any) -> None:
    raw(f"UPDATE kernel_journalentry SET {column} = %s WHERE id = %s", value, pk)


def test_an_untouched_journal_holds(written: list[JournalEntry]) -> None:
    audit = check_audit()
    assert (audit.broken, audit.seals, audit.acts, audit.waiting) == (None, 2, 12, 0)
    assert audit.head == str(JournalSeal.objects.get(number=2))


MUTANTS: dict[str, Callable[[list[JournalEntry]], None]] = {
    "changed label": lambda acts: mutate(acts[4].pk, "actor_label", "Quelqu’un d’autre"),
    "changed moment": lambda acts: mutate(acts[4].pk, "at", NOON + timedelta(microseconds=1)),
    "changed field": lambda acts: mutate(acts[4].pk, "changes", '{"name": [null, "Autre"]}'),
    "changed person": lambda acts: mutate(acts[4].pk, "actor_id", None),
    "removed": lambda acts: raw("DELETE FROM kernel_journalentry WHERE id = %s", acts[4].pk),
    "swapped": lambda acts: _swap(acts[4].pk, acts[9].pk),
    "fake erasure": lambda acts: mutate(acts[4].pk, "erased", '{"digests": {"actor_label": "00"}, "salts": {}}'),
}


def _swap(first: int, second: int) -> None:
    for before, after in ((first, -1), (second, first), (-1, second)):
        raw("UPDATE kernel_journalentry SET id = %s WHERE id = %s", after, before)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_each_mutant_is_named(written: list[JournalEntry], mutant: str) -> None:
    MUTANTS[mutant](written)
    broken = check_audit().broken
    assert broken is not None
    assert (broken.seal, broken.act) == (1, written[4].pk)


def test_a_slipped_in_act_is_named(written: list[JournalEntry]) -> None:
    raw("DELETE FROM kernel_journalseal WHERE number = 2")
    raw("DELETE FROM kernel_journalentry WHERE id = %s", written[8].pk)
    seal_journal(at=NOON - timedelta(hours=5))  # a gap that has been there for long
    assert check_audit().broken is None
    raw("UPDATE kernel_journalentry SET verb = verb")
    slipped = entry(verb="create", target=human_source(), changes={}, by=None, at=NOON)
    slipped.pk = written[8].pk
    slipped.save()
    broken = check_audit(at=NOON).broken
    assert broken is not None
    assert (broken.act, "glissé" in broken.message) == (written[8].pk, True)


def test_a_seal_made_anew_breaks_the_next_one(written: list[JournalEntry]) -> None:
    head = check_audit().head
    mutate(written[2].pk, "note", "autre chose")
    acts = list(JournalEntry.objects.order_by("pk")[:7])
    first = JournalSeal.objects.get(number=1)
    digests = [chain.digest_of(one) for one in acts]
    digest = chain.link(
        previous="", number=1, ranges=first.ranges, sealed_at=chain.moment(first.sealed_at), acts=digests
    )
    marks = "".join(one.hex()[: chain.MARK] for one in digests)
    raw("UPDATE kernel_journalseal SET digest = %s, marks = %s WHERE number = 1", digest, marks)
    broken = check_audit().broken
    assert broken is not None
    assert (broken.seal, broken.act) == (2, None)
    raw("DELETE FROM kernel_journalseal WHERE number = 2")
    seal_journal(at=NOON + timedelta(hours=2))
    assert check_audit().broken is None  # whoever may write everything may write the end anew…
    known = check_audit(known_head=head).broken
    assert known is not None  # …but not against a head that was noted elsewhere
    assert "n’est plus dans la chaîne" in known.message


def test_a_missing_seal_is_named(written: list[JournalEntry]) -> None:
    raw("DELETE FROM kernel_journalseal WHERE number = 1")
    broken = check_audit().broken
    assert broken is not None
    assert (broken.seal, broken.message) == (1, "ce maillon a été retiré")


def test_an_erasure_keeps_the_chain_and_what_remains_is_still_sealed(written: list[JournalEntry]) -> None:
    acts = JournalEntry.objects.filter(pk__in=[one.pk for one in written])
    assert blank_parts(acts=acts, names=["actor_label"], words=["a4@exemple.test"]) == 12
    assert (check_audit().broken, check_audit().erased) == (None, 12)
    again = JournalEntry.objects.get(pk=written[4].pk)
    assert (again.actor_label, again.changes["email"], again.changes["name"]) == ("", [None, None], [None, "Nom 4"])
    assert blank_parts(acts=acts, names=["actor_label"], words=["a4@exemple.test"]) == 0
    assert blank_parts(acts=acts.filter(pk=again.pk), names=["object_label"]) == 1
    assert check_audit().broken is None
    mutate(again.pk, "note", "une autre remarque")
    broken = check_audit().broken
    assert broken is not None
    assert broken.act == again.pk


def test_an_erased_part_that_speaks_again_is_named(written: list[JournalEntry]) -> None:
    blank_parts(acts=JournalEntry.objects.filter(pk=written[4].pk), names=["actor_label"])
    mutate(written[4].pk, "actor_label", "Bruno Martin")
    broken = check_audit().broken
    assert broken is not None
    assert (broken.act, "dit de nouveau" in broken.message) == (written[4].pk, True)


def test_an_erased_name_cannot_be_guessed_again(written: list[JournalEntry]) -> None:
    before = JournalEntry.objects.get(pk=written[0].pk)
    blank_parts(acts=JournalEntry.objects.filter(pk=before.pk), names=["actor_label"])
    after = JournalEntry.objects.get(pk=before.pk)
    after.actor_label = before.actor_label
    kept = after.erased["digests"].pop("actor_label")
    after.erased["salts"].pop("actor_label", None)
    assert kept not in str(chain.without(after, ["actor_label"]))


def test_bulk_rows_are_sealed_like_the_others_in_full_seals(db: None) -> None:
    target = human_source()
    insert_rows(
        JournalEntry,
        [entry(verb="create", target=target, changes={"n": [None, n]}, by=None, at=NOON) for n in range(SEAL_SIZE + 3)],
    )
    assert seal_journal(at=NOON) == SEAL_SIZE + 3
    assert list(JournalSeal.objects.order_by("number").values_list("count", flat=True)) == [SEAL_SIZE, 3]
    assert check_audit().broken is None
    assert seal_journal(at=NOON) == 0


@db
def test_the_model_refuses_to_change_or_remove_an_act() -> None:
    one = act(human_source(), 1)
    one.note = "autre"
    refused: list[Callable[[], Any]] = [
        one.save, one.delete, JournalEntry.objects.all().delete, lambda: JournalEntry.objects.update(note=""),
        lambda: JournalEntry.objects.bulk_update([one], ["note"]),
    ]  # fmt: skip
    for attempt in refused:
        with pytest.raises(JournalIsAppendOnly):
            attempt()


@pytest.fixture
def guarded(transactional_db: None) -> Iterator[None]:
    guard_journal()
    guard_journal()
    yield
    with connection.cursor() as cursor:
        for name, table in (
            ("journal_keeps_acts", "kernel_journalentry"), ("journal_keeps_all", "kernel_journalentry"),
            ("journal_keeps_seals", "kernel_journalseal"), ("journal_keeps_links", "kernel_journalseal"),
        ):  # fmt: skip
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def test_the_database_itself_refuses_and_lets_an_erasure_through(guarded: None) -> None:
    one = act(human_source(), 1)
    seal_journal(at=NOON)
    for attempt in (
        "UPDATE kernel_journalentry SET verb = 'autre'",
        "UPDATE kernel_journalentry SET note = 'autre'",
        "DELETE FROM kernel_journalentry",
        "UPDATE kernel_journalseal SET digest = ''",
        "DELETE FROM kernel_journalseal",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            raw(attempt)
    assert blank_parts(acts=QuerySet(JournalEntry).filter(pk=one.pk), names=["note"]) == 1
    assert check_audit().broken is None


def together(*work: Callable[[], None]) -> None:
    """Run at the same time on PostgreSQL; one after the other on SQLite, which has one writer at a time anyway."""
    if connection.vendor != "postgresql":
        for one in work:
            one()
        return

    def connected(one: Callable[[], None]) -> None:
        try:
            one()
        finally:
            connection.close()

    threads = [threading.Thread(target=connected, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


@pytest.mark.django_db(transaction=True)
def test_acts_that_end_in_another_order_than_their_numbers_are_all_sealed() -> None:
    """Two writers at once: the first takes its number, then ends after the second was sealed."""
    target, took_number, may_end = human_source(), threading.Event(), threading.Event()
    seen: list[int] = []

    def slow() -> None:
        with transaction.atomic():
            act(target, 1)
            took_number.set()
            if connection.vendor == "postgresql":
                may_end.wait(10)

    def quick() -> None:
        took_number.wait(10)
        act(target, 2)
        seen.append(seal_journal(at=NOON))
        assert check_audit(at=NOON).broken is None
        may_end.set()

    together(slow, quick)
    assert seen == [1 if connection.vendor == "postgresql" else 2]
    assert check_audit(at=NOON).broken is None  # the late act still waits
    seal_journal(at=NOON + timedelta(seconds=5))
    audit = check_audit(at=NOON + timedelta(days=1))
    assert (audit.broken, audit.acts, audit.waiting) == (None, 2, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_seal_each_act_once() -> None:
    target, done = human_source(), list[int]()

    def work() -> None:
        done.extend(seal_journal(at=NOON) for _ in range(20))

    def write() -> None:
        for number in range(40):
            act(target, number)

    together(work, write, work)
    done.append(seal_journal(at=NOON))
    audit = check_audit(at=NOON + timedelta(days=1))
    assert (audit.broken, audit.acts, sum(done), audit.waiting) == (None, 40, 40, 0)


def test_the_commands_name_the_broken_link(written: list[JournalEntry], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_audit", "--json")
    assert '"broken": null' in capsys.readouterr().out
    mutate(written[1].pk, "verb", "autre")
    with pytest.raises(CommandError, match=f"maillon 1 : l’acte {written[1].pk} a été changé"):
        call_command("check_audit")
    assert "kernel.journal_chain" in {breach.check for breach in registry.breaches()}


def test_one_does_not_go_back_before_an_act_that_lost_a_field(written: list[JournalEntry]) -> None:
    blank_parts(acts=JournalEntry.objects.filter(pk=written[3].pk), names=["note"], words=["a4@exemple.test"])
    assert not chain.has_lost_changes(JournalEntry.objects.get(pk=written[3].pk))
    blank_parts(acts=JournalEntry.objects.filter(pk=written[4].pk), words=["A4@exemple.test"])
    assert chain.has_lost_changes(JournalEntry.objects.get(pk=written[4].pk))
