"""C11: whoever asks, grants, hands over or leaves at the same moment, a sheet never has two managers, nor loses one."""

from __future__ import annotations

import itertools

import pytest

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.space import actions
from maillage.space.actions import members
from maillage.space.enums import ClaimState, Part
from maillage.space.models import Claim, Membership
from tests.factories import AT, person
from tests.invariants.racing import (
    Outcome,
    Round,
    breaches,
    caught,
    race,
    slowed,
    strange,
    without_constraint,
    without_locks,
)
from tests.space.people import known

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)


def claim(one: Organisation) -> Claim:
    email = f"rival{next(_numbers)}@exemple.test"
    return actions.open_claim(organisation=one, name="Rivale", email=email, proof="Je suis là.", at=AT)


def fresh() -> Organisation:
    number = next(_numbers)
    return known(f"Atelier {number}", f"contact{number}@atelier.test")


def managers(one: Organisation) -> int:
    return Membership.objects.filter(organisation=one, part=Part.MANAGER).count()


def one_manager(one: Organisation, outcomes: list[Outcome]) -> list[str]:
    found = [] if managers(one) == 1 else [f"{managers(one)} managers"]
    granted = Claim.objects.filter(organisation=one, state=ClaimState.GRANTED).count()
    told = sum(outcome.error is None for outcome in outcomes)
    return [
        *found,
        *([f"{granted} claims granted"] if granted > 1 else []),
        *([f"{told} were told yes"] if told != 1 else []),
        *strange(outcomes, actions.ClaimRefused, actions.MemberRefused),
    ]


def agent() -> User:
    return User.objects.filter(email="bruno@exemple.test").first() or person("bruno@exemple.test")


def two_grants() -> list[str]:
    one, by = fresh(), agent()
    rivals = [claim(one) for _ in range(4)]
    outcomes = race(*(
        lambda rival=rival: actions.decide_claim(claim=rival, is_granted=True, reason="", by=by, at=AT)
        for rival in rivals
    ))  # fmt: skip
    return one_manager(one, outcomes)


def letter_and_grant() -> list[str]:
    one, by = fresh(), agent()
    rival = claim(one)
    outcomes = race(
        lambda: actions.grant_by_letter(organisation=one, email=one.email, at=AT),
        lambda: actions.decide_claim(claim=rival, is_granted=True, reason="", by=by, at=AT),
    )
    return one_manager(one, outcomes)


def one_claim_decided_twice() -> list[str]:
    one, by = fresh(), agent()
    rival = claim(one)
    outcomes = race(
        lambda: actions.decide_claim(claim=rival, is_granted=True, reason="", by=by, at=AT),
        lambda: actions.decide_claim(claim=rival, is_granted=False, reason="Non.", by=by, at=AT),
    )
    rival.refresh_from_db()
    is_held = managers(one) == 1
    agree = [] if is_held == (rival.state == ClaimState.GRANTED) else [f"{rival.state}, {managers(one)} managers"]
    told = sum(outcome.error is None for outcome in outcomes)
    return [*agree, *([f"{told} decided"] if told != 1 else []), *strange(outcomes, actions.ClaimRefused)]


def hand_over_and_leave() -> list[str]:
    """Alice hands over to Paul while Paul leaves: one of the two is refused, and somebody holds the sheet."""
    one, number = fresh(), next(_numbers)
    people = [
        actions.admit(organisation=one, email=f"{name}{number}@exemple.test", part=part, by=None, at=AT)
        for name, part in (("alice", Part.MANAGER), ("paul", Part.CONTRIBUTOR), ("zoe", Part.CONTRIBUTOR))
    ]
    outcomes = race(
        lambda: actions.hand_over(organisation=one, to=people[1], by=people[0].user, at=AT),
        lambda: actions.leave(membership=people[1], by=people[1].user, at=AT),
    )
    return [*([] if managers(one) == 1 else [f"{managers(one)} managers"]), *strange(outcomes, actions.MemberRefused)]


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    slowed(monkeypatch, members, "_journal", 0.02)


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("one", [two_grants, letter_and_grant, one_claim_decided_twice, hand_over_and_leave])
def test_a_sheet_has_one_manager_whatever_happens_at_once(one: Round) -> None:
    assert breaches(one, 5) == []


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("one", [two_grants, letter_and_grant])
def test_without_the_constraint_two_managers_are_seen(one: Round) -> None:
    with without_constraint(Membership, "membership_one_manager"):
        assert caught(one, 5)


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("one", [one_claim_decided_twice, hand_over_and_leave])
def test_without_locks_a_contradiction_is_seen(one: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    assert caught(one, 20)
