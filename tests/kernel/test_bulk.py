from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from maillage.kernel.bulk import fresh, insert_rows
from maillage.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ACTS: list[dict[str, Any]] = [
    {"changes": {}, "note": "d’un mot"},
    {"changes": {"name": [None, "Pœuilly\t\\N"]}, "batch": "import:1"},
    {"changes": {"places": [[], None]}, "note": "deux\nlignes"},
]


def act(number: int, facts: dict[str, Any]) -> dict[str, Any]:
    return {"at": NOON, "verb": "create", "object_type": "a.b", "object_id": number, **facts}


def stored() -> list[dict[str, Any]]:
    rows = JournalEntry.objects.order_by("object_id").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def test_rows_are_stored_as_the_constructor_and_bulk_create_store_them() -> None:
    JournalEntry.objects.bulk_create(JournalEntry(**act(number, facts)) for number, facts in enumerate(ACTS))
    usual = stored()
    QuerySet(JournalEntry).delete()  # the model's own set refuses
    insert_rows(JournalEntry, [fresh(JournalEntry, act(number, facts)) for number, facts in enumerate(ACTS)])
    assert stored() == usual


def test_rows_get_their_keys_and_later_ones_follow() -> None:
    rows = [fresh(JournalEntry, act(number, {})) for number in range(3)]
    insert_rows(JournalEntry, rows)
    assert {row.pk for row in rows} == set(JournalEntry.objects.values_list("pk", flat=True))
    assert JournalEntry.objects.create(**act(9, {})).pk > max(row.pk for row in rows)


def test_a_row_that_the_database_refuses_refuses_them_all() -> None:
    rows = [fresh(JournalEntry, act(1, {})), fresh(JournalEntry, act(2, {"note": None}))]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(JournalEntry, rows)
    assert JournalEntry.objects.count() == 0
