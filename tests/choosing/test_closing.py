"""Counting, deciding, and counting again."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from maillage.choosing import actions, receipts, tasks
from maillage.choosing.checks import find_breaches
from maillage.choosing.enums import State
from maillage.choosing.models import Ballot, CollegeFollowing, Consultation
from maillage.choosing.queries.counting import ballot_rows, differences
from maillage.choosing.tally import Vote, tally
from maillage.outbox.models import Letter
from tests.choosing.world import (
    CLOSES,
    DURING,
    PAPER_UNTIL,
    closed,
    dots,
    elected,
    held_by,
    opened,
    voice_of,
    vote,
    vote_by_address,
)

pytestmark = pytest.mark.django_db


def divided(**traits: Any) -> Consultation:
    """Three organisations for A, one elected member for B."""
    ours, edith = [held_by() for _ in range(3)], elected()
    one = opened(**traits)
    for each in ours:
        vote(voice_of(one, each), dots(A=5))
    vote(voice_of(one, edith), dots(B=5))
    return one


def test_closing_counts_and_tells_the_electors() -> None:
    one = closed(divided())
    assert one.result is not None
    assert one.result["tally"]["whole"]["dots"] == {"A": 15, "B": 5, "C": 0}
    assert one.result["tally"]["differ"] == ["elus"]
    assert one.result["electors"] == {"structures": 3, "elus": 1, "habitants": 0}
    assert one.result["ballots"] == {"web": 4, "paper": 0}
    assert Letter.objects.filter(kind="choosing.result").count() == 4
    assert differences(one) == []
    assert list(find_breaches()) == []


def test_nobody_counts_before_the_end_nor_twice() -> None:
    one = opened()
    with pytest.raises(actions.ConsultationRefused, match="pas fini"):
        actions.close(consultation=one, by=None, at=DURING)
    actions.close(consultation=one, by=None, at=CLOSES)
    with pytest.raises(actions.ConsultationRefused, match="n’est pas ouverte"):
        actions.close(consultation=one, by=None, at=PAPER_UNTIL)


def test_the_worker_counts_what_is_due_once(time_machine: Any) -> None:
    one, later = opened(), opened(paper_until=None)
    time_machine.move_to(CLOSES, tick=False)
    assert tasks.close_those_due() == 1
    time_machine.move_to(PAPER_UNTIL, tick=False)
    assert (tasks.close_those_due(), tasks.close_those_due()) == (1, 0)
    for each in (one, later):
        each.refresh_from_db()
        assert each.state == State.CLOSED


def test_a_result_that_somebody_spoils_is_seen() -> None:
    one = closed(divided())
    Ballot.objects.filter(college__key="elus").update(content=dots(A=5))
    assert differences(one) == ["le décompte recalculé n’est pas celui qui est affiché"]
    Ballot.objects.filter(college__key="elus").delete()
    assert len(differences(one)) == 3
    assert [breach.check for breach in find_breaches()] == ["choosing.tally"] * 3


@pytest.mark.parametrize("method", ["dots", "ranking", "consent"])
def test_anybody_counts_again_from_the_file(method: str) -> None:
    everybody: list[Any] = [*(held_by() for _ in range(3)), elected()]
    one = opened(method=method)
    said: dict[str, list[dict[str, Any]]] = {
        "dots": [dots(A=5), dots(B=2, C=1), dots(C=3), dots(A=1)],
        "ranking": [{"ranking": ["A", "B"]}, {"ranking": ["B"]}, {"ranking": ["C", "A", "B"]}, {"ranking": ["B", "C"]}],
        "consent": [
            {"answer": "agree"},
            {"answer": "reserve"},
            {"answer": "object", "reason": "Non"},
            {"answer": "agree"},
        ],
    }
    for who, content in zip(everybody, said[method], strict=True):
        vote(voice_of(one, who), content)
    one = closed(one)
    lines = "\n".join(",".join(row) for row in ballot_rows(one)).splitlines()
    votes = []
    for row in csv.DictReader(lines):
        marks = {letter: int(row[letter]) for letter in "ABC" if row.get(letter)}
        ranking = sorted(marks, key=lambda letter: marks[letter])
        contents: dict[str, dict[str, Any]] = {
            "dots": {"dots": marks}, "ranking": {"ranking": ranking}, "consent": {"answer": row.get("reponse")},
        }  # fmt: skip
        votes.append(Vote(row["college"], contents[method]))
    assert one.result is not None
    letters = () if method == "consent" else ("A", "B", "C")
    colleges = list(one.result["tally"]["colleges"])
    assert tally(method, letters, votes, colleges) == one.result["tally"]


def test_a_small_college_of_a_secret_vote_is_not_shown_apart() -> None:
    one = closed(divided(is_secret=True))
    assert one.result is not None
    assert one.result["colleges_shown"] is False
    assert {row[1] for row in ballot_rows(one)} == {"college", ""}
    actions.decide(consultation=one, decision="A.", followings={}, by=None, at=PAPER_UNTIL)


def test_a_secret_vote_whose_colleges_are_large_enough_is_shown_apart_and_shuffled() -> None:
    one = opened(is_secret=True)
    codes = [receipts.draw_code() for _ in range(6)]
    for rank, code in enumerate(codes):
        vote_by_address(one, f"habitant{rank}@exemple.test", dots(A=1), code=code)
    before = set(Ballot.objects.values_list("pk", "receipt_digest"))
    one = closed(one)
    assert one.result is not None
    assert (one.result["colleges_shown"], set(Ballot.objects.values_list("pk", "receipt_digest"))) == (True, before)
    assert differences(one) == []


def test_a_decision_says_how_each_college_that_differs_was_followed() -> None:
    one = closed(divided())

    def decide(decision: str = "On retient A.", **followings: tuple[str, str]) -> str:
        with pytest.raises(actions.ConsultationRefused) as refusal:
            actions.decide(consultation=one, decision=decision, followings=followings, by=None, at=PAPER_UNTIL)
        assert not CollegeFollowing.objects.exists()
        return refusal.value.field

    assert decide(" ") == "decision"
    assert decide() == decide(elus=("", "")) == "elus"
    assert decide(elus=("no", " ")) == "elus"
    assert decide(elus=("maybe", "x")) == "elus"
    assert decide(elus=("yes", ""), nobody=("yes", "")) == "nobody"
    kept = actions.decide(
        consultation=one, decision="On retient A.", by=None, at=PAPER_UNTIL,
        followings={"elus": ("no", "B existe déjà."), "structures": ("yes", "")},
    )  # fmt: skip
    assert (kept.state, kept.decision) == (State.DECIDED, "On retient A.")
    assert {str(one) for one in CollegeFollowing.objects.all()} == {
        "Élues et élus : Pas suivi", "Structures : Suivi",
    }  # fmt: skip
    assert decide_again(one)


def decide_again(one: Consultation) -> bool:
    with pytest.raises(actions.ConsultationRefused, match="une seule fois"):
        actions.decide(consultation=one, decision="Autre", followings={}, by=None, at=PAPER_UNTIL)
    with pytest.raises(actions.ConsultationRefused, match="ne s’annule pas"):
        actions.cancel(consultation=one, reason="Non", by=None, at=PAPER_UNTIL)
    return True
