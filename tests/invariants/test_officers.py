"""One liaison officer at a time sits for an EPCI, and one colleague at a time takes a place, however many are named."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from maillage.accounts import actions
from maillage.accounts.actions import delegations, mandates
from maillage.accounts.enums import Role
from maillage.accounts.models import Delegation, Mandate
from maillage.territories.models import Epci
from tests.accounts.people import holder
from tests.factories import AT, person
from tests.invariants.racing import breaches, caught, race, slowed, strange, without_locks

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)
START, END = date(2026, 12, 1), date(2026, 12, 8)


def six_named() -> list[str]:
    epci = Epci.objects.order_by("pk")[0]
    Mandate.objects.all().delete()
    people = [person(f"p{next(_numbers)}@exemple.test") for _ in range(6)]
    outcomes = race(*(
        lambda one=one: actions.give_mandate(
            user=one, role=Role.LIAISON_OFFICER, epci=epci, start_date=START, by=None, at=AT
        )
        for one in people
    ))  # fmt: skip
    sitting = Mandate.objects.filter(epci=epci).count()
    return [*([f"{sitting} sit"] if sitting != 1 else []), *strange(outcomes, actions.PersonRefused)]


def six_asked() -> list[str]:
    giver = holder(Role.AGENT, email=f"giver{next(_numbers)}@exemple.test", second_factor=False)
    takers = [
        holder(Role.AGENT, email=f"taker{next(_numbers)}@exemple.test", second_factor=False) for _ in range(6)
    ]  # fmt: skip
    outcomes = race(*(
        lambda one=one: actions.delegate(giver=giver, taker=one, start_date=START, end_date=END, by=giver, at=AT)
        for one in takers
    ))  # fmt: skip
    standing = Delegation.objects.filter(giver=giver).count()
    return [*([f"{standing} stand in"] if standing != 1 else []), *strange(outcomes, actions.PersonRefused)]


def test_of_six_named_at_once_one_sits() -> None:
    assert breaches(six_named, 3) == []


def test_of_six_asked_at_once_one_stands_in() -> None:
    assert breaches(six_asked, 3) == []


def test_without_their_locks_several_would(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    slowed(monkeypatch, mandates, "_refuse_second_officer")
    slowed(monkeypatch, delegations, "_check_days")
    assert caught(six_named, 20)
    assert caught(six_asked, 20)
