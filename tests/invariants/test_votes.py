"""C3, C4, C5: one voice has one ballot, the result is what the ballots say, nobody votes once it is over."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from maillage.choosing import actions, receipts
from maillage.choosing.actions import casting, closing, papers
from maillage.choosing.enums import State
from maillage.choosing.models import Ballot, Consultation, Elector, PaperBallot
from maillage.choosing.queries.counting import count, differences
from maillage.directory.models import Organisation
from tests.choosing.world import CLOSES, DURING, PAPER_UNTIL, dots, draft_of, held_by, opened, voice_of
from tests.factories import person
from tests.invariants.racing import (
    Outcome,
    Round,
    breaches,
    caught,
    race,
    slowed,
    strange,
    without_locks,
)

pytestmark = pytest.mark.django_db
TIMES, VOTERS = 20, 50
_numbers = itertools.count(1)
LISTED = ("choosing.organisations",)


def ours() -> tuple[Organisation, list[Any]]:
    number = next(_numbers)
    emails = [f"alice{number}@exemple.test", f"ines{number}@exemple.test"]
    made = held_by(*emails, name=f"Atelier des {number}")
    return made, [membership.user for membership in made.memberships.select_related("user").order_by("pk")]


def caster(
    voice: Elector, content: dict[str, Any], clock: Callable[[], datetime], **facts: Any
) -> Callable[[], Ballot]:
    told: dict[str, Any] = {"by": None, "code": receipts.draw_code(), **facts}
    return lambda: actions.cast(elector=voice, content=content, clock=clock, **told)


def during() -> datetime:
    return DURING


def twenty_ballots_of_one_organisation() -> list[str]:
    """Two people of one organisation send twenty ballots at once: one counts, the last that was told yes."""
    made, people = ours()
    one = opened(electorates=LISTED)
    voice = voice_of(one, made)
    outcomes = race(*(caster(voice, dots(A=rank % 5 + 1), during, by=people[rank % 2]) for rank in range(TIMES)))
    return [*one_ballot(one, voice), *strange(outcomes)]


def twenty_secret_ballots_of_one_organisation() -> list[str]:
    made, people = ours()
    one = opened(electorates=LISTED, is_secret=True)
    voice = voice_of(one, made)
    outcomes = race(*(caster(voice, dots(A=1), during, by=people[rank % 2]) for rank in range(TIMES)))
    told = sum(outcome.error is None for outcome in outcomes)
    ballots = Ballot.objects.filter(consultation=one).count()
    wrong = [] if (ballots, told) == (1, 1) else [f"{ballots} ballots, {told} were told yes"]
    return [*wrong, *strange(outcomes, actions.CastRefused)]


def one_ballot(one: Consultation, voice: Elector) -> list[str]:
    ballots = list(Ballot.objects.filter(consultation=one))
    receipts_kept = {ballot.receipt_digest for ballot in ballots}
    total = count(one)["tally"]["whole"]["ballots"]
    ticked = Elector.objects.filter(consultation=one, has_voted=True).count()
    found = (len(ballots), len(receipts_kept), total, ticked)
    return [] if found == (1, 1, 1, 1) else [f"ballots, receipts, counted, ticked: {found} of {voice}"]


def fifty_voters_who_change_their_mind() -> list[str]:
    """Each votes three times at random, all at once: the kept result is what the ballots say, one for each."""
    chance = random.Random(next(_numbers))
    people = [held_by(name=f"Voix {next(_numbers)}") for _ in range(VOTERS)]
    one = opened(electorates=LISTED)
    voices = [voice_of(one, each) for each in people]
    said = [[dots(**{chance.choice("ABC"): chance.randint(1, 5)}) for _ in range(3)] for _ in voices]

    def mind(voice: Elector, contents: list[dict[str, Any]]) -> Callable[[], None]:
        casts = [caster(voice, content, during) for content in contents]

        def all_of_them() -> None:
            for cast in casts:
                cast()

        return all_of_them

    wanted = [contents[-1] for contents in said]
    outcomes: list[Outcome] = []
    for start in range(0, VOTERS, 10):
        group = zip(voices[start : start + 10], said[start : start + 10], strict=True)
        outcomes += race(*(mind(voice, contents) for voice, contents in group))
    one = actions.close(consultation=one, by=None, at=PAPER_UNTIL)
    kept = {ballot.elector_id: ballot.content for ballot in Ballot.objects.filter(consultation=one)}
    lost = [voice.pk for voice, content in zip(voices, wanted, strict=True) if kept.get(voice.pk) != content]
    return [*differences(one), *([f"lost: {lost}"] if lost else []), *strange(outcomes)]


def around_the_closing_second() -> list[str]:
    """Ballots, some with clients whose clock is late, while the vote ends and is counted: none comes after."""
    start = timezone.now()
    people = [held_by(name=f"Voix {next(_numbers)}") for _ in range(8)]
    ends = timezone.now() + timedelta(seconds=1.2)
    what = draft_of(electorates=LISTED, opens_at=start - timedelta(hours=1), closes_at=ends, paper_until=None)
    one = actions.draft(what=what, by=None, at=start - timedelta(hours=2))
    one = actions.open_consultation(consultation=one, by=None, at=start - timedelta(hours=2))
    voices = [voice_of(one, each) for each in people]

    def insist(voice: Elector) -> Callable[[], None]:
        def until_refused() -> None:
            while timezone.now() < ends + timedelta(seconds=0.5):
                actions.cast(elector=voice, content=dots(A=1), code=receipts.draw_code(), by=None)

        return until_refused

    def counts() -> None:
        while actions.close_due(at=timezone.now()) == 0:
            pass

    outcomes = race(*(insist(voice) for voice in voices), counts)
    one.refresh_from_db()
    late = [ballot for ballot in Ballot.objects.filter(consultation=one) if ballot.cast_at and ballot.cast_at >= ends]
    return [
        *([f"{len(late)} ballots after the end"] if late else []),
        *([] if one.state == State.CLOSED else [one.state]), *differences(one),
        *strange(outcomes, actions.CastRefused),
    ]  # fmt: skip


def counted_while_voting() -> list[str]:
    """Somebody counts while ballots that were in time are being written: in the result, or refused."""
    people = [held_by(name=f"Voix {next(_numbers)}") for _ in range(6)]
    one = opened(electorates=LISTED, paper_until=None)
    voices = [voice_of(one, each) for each in people]
    outcomes = race(
        *(caster(voice, dots(A=1), during) for voice in voices),
        lambda: actions.close(consultation=one, by=None, at=CLOSES),
    )
    one.refresh_from_db()
    return [*(differences(one) if one.has_result else ["not closed"]), *strange(outcomes, actions.CastRefused)]


def sheet_typed_by_several() -> list[str]:
    """Four people type the same sheet at once: it counts once."""
    people = [person(f"saisie{next(_numbers)}@exemple.test") for _ in range(4)]
    one = opened(electorates=("choosing.inhabitants",))
    college = one.colleges.get()
    outcomes = race(*(
        lambda by=by: actions.type_paper(
            consultation=one, sheet="1", college=college, elector=None, content=dots(A=1), by=by, at=CLOSES
        )
        for by in people
    ))  # fmt: skip
    ballots, sheets = one.ballots.count(), PaperBallot.objects.filter(consultation=one).count()
    wrong = [] if (ballots, sheets) == (1, 1) else [f"{ballots} ballots of {sheets} sheets"]
    return [*wrong, *strange(outcomes, actions.ConsultationRefused)]


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    slowed(monkeypatch, casting, "checked", 0.01)
    slowed(monkeypatch, closing, "count", 0.02)
    slowed(monkeypatch, papers, "_said", 0.01)


ROUNDS = [
    twenty_ballots_of_one_organisation, twenty_secret_ballots_of_one_organisation, counted_while_voting,
    sheet_typed_by_several,
]  # fmt: skip


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("one", ROUNDS)
def test_a_voice_has_one_ballot_and_the_result_holds_all_of_them(one: Round) -> None:
    assert breaches(one, 2) == []


@pytest.mark.parametrize("one", [fifty_voters_who_change_their_mind, around_the_closing_second])
def test_minds_that_change_and_the_last_second_leave_the_count_right(one: Round) -> None:
    assert breaches(one, 1) == []


@pytest.mark.usefixtures("_slow")
def test_without_locks_nor_the_unique_voice_an_organisation_has_several_ballots(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_locks(monkeypatch)
    unique = Ballot._meta.get_field("elector")
    several = models.ForeignKey(Elector, null=True, on_delete=models.CASCADE, related_name="+")
    several.set_attributes_from_name("elector")
    several.model = Ballot
    with connection.schema_editor() as editor:
        editor.alter_field(Ballot, unique, several)
    assert caught(twenty_ballots_of_one_organisation, 20)


@pytest.mark.usefixtures("_slow")
def test_without_locks_the_result_misses_ballots(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    assert caught(counted_while_voting, 20)


def test_without_the_look_at_the_server_s_clock_ballots_come_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casting, "check_moment", lambda *_: None)
    assert caught(around_the_closing_second, 3)
