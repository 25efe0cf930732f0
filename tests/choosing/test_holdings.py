"""Whoever leaves, or whose time is over, leaves a ballot that counts and nothing that leads to them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maillage.choosing import actions
from maillage.choosing.holdings import PERSONAL
from maillage.choosing.models import Ballot, Elector
from maillage.choosing.queries.counting import differences
from maillage.kernel.personal import Holding, Person
from tests.choosing.world import PAPER_UNTIL, closed, dots, elected, opened, voice_of, vote, vote_by_address

pytestmark = pytest.mark.django_db


def holding(model: str, field: str) -> Holding:
    return next(one for one in PERSONAL if one.model == model and field in one.fields)


def test_an_address_that_leaves_or_whose_term_is_over_leads_nowhere() -> None:
    one = opened()
    for name in ("chloe", "paul"):
        vote_by_address(one, f"{name}@exemple.test", dots(A=1))
    kept = holding("choosing.Elector", "key")
    chloe = Person(addresses=("chloe@exemple.test", "pas une adresse"))
    assert kept.of is not None
    assert kept.erase is not None
    assert kept.erase(kept.rows.filter(kept.of(chloe)), chloe, PAPER_UNTIL) == 1
    assert not kept.rows.filter(kept.of(chloe)).exists()
    one = closed(one)
    actions.decide(consultation=one, decision="A.", followings={}, by=None, at=PAPER_UNTIL)
    assert kept.term.over is not None
    assert kept.outlive is not None
    over = kept.rows.filter(kept.term.over(PAPER_UNTIL + timedelta(days=1)))
    assert kept.outlive(over, PAPER_UNTIL) == 1
    assert not kept.rows.filter(kept.term.over(PAPER_UNTIL + timedelta(days=1))).exists()
    assert {elector.key for elector in Elector.objects.all()} == {f"gone:{pk}" for pk in _numbers()}
    assert (Ballot.objects.count(), differences(one)) == (2, [])


def _numbers() -> list[int]:
    return list(Elector.objects.values_list("pk", flat=True))


def test_a_person_finds_their_ballots_and_an_account_that_goes_leaves_them_counted() -> None:
    edith = elected()
    one = opened()
    vote(voice_of(one, edith), dots(A=1))
    mine = holding("choosing.Ballot", "content")
    assert mine.of is not None
    assert mine.rows.filter(mine.of(Person((), edith.pk))).count() == 1
    assert not mine.rows.filter(mine.of(Person((edith.email,)))).exists()
    edith.delete()
    assert (Elector.objects.get(consultation=one).user, Ballot.objects.count()) == (None, 1)
    assert differences(closed(one)) == []
