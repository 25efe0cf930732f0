"""Sheets of paper, typed twice by two people."""

from __future__ import annotations

from typing import Any

import pytest

from maillage.accounts.models import User
from maillage.choosing import actions
from maillage.choosing.models import Ballot, College, Consultation, Elector, PaperBallot
from maillage.choosing.queries.results import shown
from tests.choosing.world import (
    BEFORE,
    CLOSES,
    DURING,
    PAPER_UNTIL,
    dots,
    held_by,
    opened,
    voice_of,
    vote,
)
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[User, User]:
    return person("bruno@exemple.test"), person("agnes@exemple.test")


def typed(
    one: Consultation, by: User, content: dict[str, Any], *, sheet: str = "12", college: str = "habitants",
    elector: Elector | None = None, at: Any = CLOSES,
) -> PaperBallot:  # fmt: skip
    found = College.objects.get(consultation=one, key=college)
    return actions.type_paper(
        consultation=one, sheet=sheet, college=found, elector=elector, content=content, by=by, at=at
    )


def test_a_sheet_counts_once_two_people_read_the_same(two: tuple[User, User]) -> None:
    one = opened()
    assert typed(one, two[0], dots(A=2)).counted_at is None
    assert not Ballot.objects.exists()
    paper = typed(one, two[1], dots(A=2), sheet=" 12 ")
    assert paper.counted_at == CLOSES
    ballot = Ballot.objects.get()
    assert (ballot.channel, ballot.content, ballot.elector and ballot.elector.key) == ("paper", dots(A=2), "paper:12")
    with pytest.raises(actions.ConsultationRefused, match="déjà comptée"):
        typed(one, two[1], dots(A=1))


def test_a_mismatch_waits_until_one_of_them_reads_again(two: tuple[User, User]) -> None:
    one = opened()
    typed(one, two[0], dots(A=2))
    typed(one, two[0], dots(A=3))
    assert not Ballot.objects.exists(), "the same person twice is one person"
    assert typed(one, two[1], dots(A=2)).is_mismatched
    with pytest.raises(actions.ConsultationRefused, match="attendent"):
        actions.close(consultation=one, by=two[0], at=CLOSES)
    assert typed(one, two[0], dots(A=2)).counted_at is not None
    assert Ballot.objects.get().content == dots(A=2)


def test_a_third_person_may_settle_a_mismatch(two: tuple[User, User]) -> None:
    one, third = opened(), person("chloe@exemple.test")
    typed(one, two[0], dots(A=2))
    typed(one, two[1], dots(A=3))
    assert typed(one, third, dots(A=2)).counted_at is not None


def test_sheets_that_wait_at_the_end_are_left_out_and_said(two: tuple[User, User]) -> None:
    one = opened()
    typed(one, two[0], dots(A=2))
    kept = actions.close(consultation=one, by=None, at=PAPER_UNTIL)
    assert kept.result is not None
    assert (kept.result["left_papers"], kept.result["tally"]["whole"]["ballots"]) == (1, 0)


def test_a_voice_of_a_list_is_named_and_does_not_vote_twice(two: tuple[User, User]) -> None:
    ours, theirs = held_by(), held_by()
    one = opened()
    voice = voice_of(one, ours)
    with pytest.raises(actions.ConsultationRefused) as refusal:
        typed(one, two[0], dots(A=1), college="structures")
    assert refusal.value.field == "elector"
    typed(one, two[0], dots(A=1), college="structures", elector=voice)
    vote(voice, dots(B=1))
    with pytest.raises(actions.ConsultationRefused, match="déjà un bulletin"):
        typed(one, two[1], dots(A=1), college="structures", elector=voice)
    assert PaperBallot.objects.get().second is None
    other = voice_of(one, theirs)
    for by in two:
        typed(one, by, dots(C=1), college="structures", elector=other, sheet="13", at=DURING)
    vote(other, dots(A=1))
    assert Ballot.objects.get(elector=other).channel == "web", "the last one counts"


def test_paper_is_typed_between_opening_and_counting_only(two: tuple[User, User]) -> None:
    one, another = opened(), opened()
    for moment in (BEFORE,):
        with pytest.raises(actions.ConsultationRefused, match="entre l’ouverture"):
            typed(one, two[0], dots(A=1), at=moment)
    with pytest.raises(actions.ConsultationRefused):
        typed(one, two[0], dots(A=99))
    with pytest.raises(actions.ConsultationRefused, match="collège"):
        actions.type_paper(
            consultation=one, sheet="1", college=another.colleges.get(key="habitants"), elector=None,
            content=dots(A=1), by=two[0], at=CLOSES,
        )  # fmt: skip
    assert not PaperBallot.objects.exists()


def test_secret_paper_needs_a_ticked_voice_and_stays_without_a_link(two: tuple[User, User]) -> None:
    ours = held_by()
    one = opened(is_secret=True)
    voice = voice_of(one, ours)
    typed(one, two[0], dots(A=1), college="structures")
    with pytest.raises(actions.ConsultationRefused, match="Cochez d’abord"):
        typed(one, two[1], dots(A=1), college="structures")
    actions.tick_paper(elector=voice, by=two[0], at=DURING)
    with pytest.raises(actions.ConsultationRefused, match="déjà voté"):
        actions.tick_paper(elector=voice, by=two[0], at=DURING)
    typed(one, two[1], dots(A=1), college="structures")
    assert Ballot.objects.get().elector is None
    for by in two:
        typed(one, by, dots(B=1), sheet="H1")
    assert Ballot.objects.count() == 2
    with pytest.raises(actions.CastRefused):
        vote(voice, dots(A=1))
    with pytest.raises(actions.ConsultationRefused, match="dépouillement"):
        actions.tick_paper(elector=voice, by=two[0], at=BEFORE)
    public = opened()
    with pytest.raises(actions.ConsultationRefused, match="secret"):
        actions.tick_paper(elector=voice_of(public, ours), by=two[0], at=DURING)


def test_what_was_left_out_is_counted_in_good_french(two: tuple[User, User]) -> None:
    told = []
    for sheets in (("F-1",), ("F-1", "F-2")):
        one = opened(question=f"Combien de feuilles, {len(sheets)} ?")
        for sheet in sheets:
            typed(one, two[0], dots(A=2), sheet=sheet)
        kept = actions.close(consultation=one, by=None, at=PAPER_UNTIL)
        told.append(
            shown(kept, list(kept.options.all()), list(kept.colleges.all())).sentences[-1].partition("\u00a0:")[0]
        )
    one_sheet, two_sheets = told
    assert one_sheet.endswith("feuille de papier n’a pas été saisie deux fois pareil")
    assert two_sheets.endswith("feuilles de papier n’ont pas été saisies deux fois pareil")
