"""Soft commits: what a process may lose, what a machine may lose, and that neither sends a letter twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from maillage.outbox.actions import delivery, post
from maillage.outbox.enums import State, Trouble
from maillage.outbox.models import Letter
from maillage.outbox.soft import epoch, soft_commit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 11, tzinfo=UTC)
LATER = AT + delivery.LEASE + timedelta(seconds=1)


def claimed(owner: str) -> Letter:
    facts = {"title": "Titre", "text": "Texte"}
    post(kind="outbox.plain", to="lecteur@exemple.test", facts=facts, at=AT)
    return delivery.claim(owner=owner, at=AT)[0]


def after_its_lease(letter: Letter) -> tuple[str, str]:
    delivery.reap(at=LATER)
    letter.refresh_from_db()
    return letter.state, letter.trouble


def test_a_claim_of_today_that_was_not_begun_is_put_back() -> None:
    assert after_its_lease(claimed(delivery.owner_now("a" * delivery.NAME))) == (State.PENDING, "")


def test_a_claim_of_another_epoch_is_in_doubt_whole_since_its_beginning_may_be_lost() -> None:
    letter = claimed("a" * delivery.NAME + "0" * 16)
    assert not letter.is_begun
    assert after_its_lease(letter) == (State.UNCERTAIN, Trouble.INTERRUPTED)


def test_the_epoch_is_the_same_for_everyone_until_the_store_starts_again() -> None:
    assert len(epoch()) == 16
    assert epoch() == epoch()
    assert len(delivery.owner_now("a" * delivery.NAME)) <= Letter._meta.get_field("owner").max_length  # type: ignore[operator]


def synchronised() -> str:
    with connection.cursor() as cursor:
        ask = "SHOW synchronous_commit" if connection.vendor == "postgresql" else "PRAGMA synchronous"
        cursor.execute(ask)
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_a_soft_commit_waits_for_the_disk_again() -> None:
    before = synchronised()
    with soft_commit(is_soft=True):
        during = synchronised()
    assert during != before
    assert synchronised() == before
    with soft_commit(is_soft=False):
        assert synchronised() == before


@pytest.mark.django_db(transaction=True)
def test_a_soft_commit_that_fails_leaves_the_next_one_hard() -> None:
    before = synchronised()
    with pytest.raises(ZeroDivisionError):
        _fail_softly()
    assert synchronised() == before


def _fail_softly() -> None:
    with soft_commit(is_soft=True):
        raise ZeroDivisionError
