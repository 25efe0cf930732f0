"""Voting: once, in time, changed until the end; in secret without a link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from maillage.choosing import actions, receipts
from maillage.choosing.content import ContentRefused, checked, from_ranks, told
from maillage.choosing.models import Ballot, Elector
from maillage.kernel.models import JournalEntry
from maillage.outbox.models import Letter
from tests.choosing.world import (
    BEFORE,
    CLOSES,
    DURING,
    OPENS,
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
ABC = ["A", "B", "C"]


def wrong(method: str, content: dict[str, Any]) -> str:
    with pytest.raises(ContentRefused) as refusal:
        checked(method, content, options=ABC, dots=5)
    return refusal.value.phrase


def test_a_ballot_that_cannot_be_counted_is_refused_in_words() -> None:
    assert "Choisissez" in wrong("consent", {"answer": "peut-être"})
    assert "gêne" in wrong("consent", {"answer": "object", "reason": "  "})
    assert "600" in wrong("consent", {"answer": "object", "reason": "a" * 601})
    assert "5\xa0points" in wrong("dots", dots(A=0))
    assert "6\xa0points" in wrong("dots", dots(A=3, B=3))
    assert "entier" in wrong("dots", dots(A=-1))
    assert "entier" in wrong("dots", {"dots": {"A": 1.5}})
    assert "entier" in wrong("dots", {"dots": {"A": True}})
    assert "n’existe pas" in wrong("dots", dots(Z=1))
    assert "complet" in wrong("dots", {"dots": [1]})
    assert "complet" in wrong("ranking", {"ranking": "AB"})
    assert "n’existe pas" in wrong("ranking", {"ranking": ["Z"]})
    assert "deux fois" in wrong("ranking", {"ranking": ["A", "A"]})
    assert "au moins une" in wrong("ranking", {"ranking": []})


def test_a_ballot_is_kept_in_its_one_form() -> None:
    assert checked("dots", dots(C=1, A=2, B=0), options=ABC, dots=5) == {"dots": {"A": 2, "C": 1}}
    assert checked("consent", {"answer": "agree", "reason": "x"}, options=[], dots=0) == {
        "answer": "agree",
        "reason": "",
    }
    assert from_ranks({"A": 2, "B": None, "C": 1}) == {"ranking": ["C", "A"]}
    titles = {"A": "Réparer", "C": "Bouger"}
    assert told("ranking", {"ranking": ["C", "A"]}, titles) == ["1. Bouger", "2. Réparer"]
    assert told("dots", dots(A=2), titles) == ["Réparer\xa0: 2\xa0points"]
    assert told("consent", {"answer": "object", "reason": "Trop tôt"}, {})[1] == "Pourquoi\xa0: Trop tôt"
    for ranks in ({"A": 1, "B": 1}, {"A": 1, "B": 3}, {"A": None}):
        with pytest.raises(ContentRefused):
            from_ranks(ranks)


def test_an_organisation_has_one_ballot_whoever_of_its_people_votes() -> None:
    ours = held_by("alice@exemple.test", "ines@exemple.test")
    one = opened()
    voice = voice_of(one, ours)
    first = vote(voice, dots(A=5))
    last = vote(voice, dots(B=5), moment=DURING + timedelta(hours=1))
    assert first.pk == last.pk
    kept = Ballot.objects.get()
    assert (kept.content, kept.elector, kept.college.key) == (dots(B=5), voice, "structures")
    assert first.receipt_digest != kept.receipt_digest
    assert Elector.objects.get(pk=voice.pk).has_voted
    assert JournalEntry.objects.filter(verb="cast").count() == 2


def test_the_clock_of_the_server_decides_to_the_second() -> None:
    ours = held_by()
    voice = voice_of(opened(), ours)
    second = timedelta(seconds=1)
    for moment in (BEFORE, OPENS - second, CLOSES, CLOSES + second):
        with pytest.raises(actions.CastRefused):
            vote(voice, dots(A=1), moment=moment)
    assert not Ballot.objects.exists()
    vote(voice, dots(A=1), moment=OPENS)
    vote(voice, dots(A=2), moment=CLOSES - second)
    assert Ballot.objects.get().content == dots(A=2)
    closed(voice.consultation)
    with pytest.raises(actions.CastRefused, match="terminé"):
        vote(voice, dots(A=1))


def test_a_ballot_for_a_voice_of_another_vote_or_with_another_code_is_refused() -> None:
    here = [held_by(), held_by()]
    one = opened()
    code = receipts.draw_code()
    vote(voice_of(one, here[0]), dots(A=1), code=code)
    with pytest.raises(actions.CastRefused, match="autre voix"):
        vote(voice_of(one, here[1]), dots(A=1), code=code)
    with pytest.raises(actions.CastRefused) as refusal:
        vote(voice_of(one, here[1]), dots(A=1, B=-2))
    assert refusal.value.field == "B"
    gone = voice_of(one, here[1])
    Elector.objects.filter(pk=gone.pk).delete()
    with pytest.raises(actions.CastRefused, match="liste arrêtée"):
        vote(gone, dots(A=1))
    assert Ballot.objects.count() == 1


def test_a_confirmed_address_has_one_voice_and_is_not_kept() -> None:
    edith = elected()
    one = opened()
    vote_by_address(one, "Chloe@Exemple.test", dots(A=1))
    vote_by_address(one, "chloe@exemple.test", dots(B=1))
    [voice] = one.electors.filter(kind="address")
    assert (voice.ballot.content, voice.label, "chloe" in voice.key) == (dots(B=1), "", False)
    with pytest.raises(actions.CastRefused, match="mandat"):
        vote_by_address(one, edith.email, dots(A=1))
    with pytest.raises(actions.CastRefused, match="pas ouvert aux"):
        vote_by_address(opened(electorates=("choosing.elected",)), "chloe@exemple.test", dots(A=1))
    with pytest.raises(actions.CastRefused):
        vote_by_address(one, "zoe@exemple.test", dots(A=99))
    assert one.electors.filter(kind="address").count() == 1


def test_a_secret_ballot_has_no_link_and_changes_with_its_receipt_only() -> None:
    ours, theirs = held_by(), held_by()
    one = opened(is_secret=True)
    voice, code = voice_of(one, ours), receipts.draw_code()
    acts = JournalEntry.objects.count()
    vote(voice, dots(A=5), code=code)
    ballot = Ballot.objects.get()
    assert (ballot.elector, ballot.cast_at, ballot.is_secret) == (None, None, True)
    assert Elector.objects.get(pk=voice.pk).has_voted
    vote(voice, dots(A=5), code=code)  # the same form sent twice
    with pytest.raises(actions.CastRefused, match="reçu"):
        vote(voice, dots(B=5))
    with pytest.raises(actions.CastRefused, match="Aucun bulletin"):
        vote(voice, dots(B=5), receipt=receipts.draw_code())
    vote(voice, dots(B=4), receipt=code)
    assert [one.content for one in Ballot.objects.all()] == [dots(B=4)]
    with pytest.raises(actions.CastRefused, match="autre voix"):
        vote(voice_of(one, theirs), dots(C=1), code=code)
    assert not Elector.objects.get(pk=voice_of(one, theirs).pk).has_voted
    assert JournalEntry.objects.count() == acts, "the order of acts would tell what the ballot does not"


def test_a_code_is_read_as_people_type_it_and_signed_as_it_goes_out() -> None:
    code = receipts.draw_code()
    assert receipts.tidy(code.lower().replace("-", " ")) == code
    assert (receipts.tidy("0000"), receipts.tidy("")) == ("", "")
    assert receipts.signed(receipts.sign(code)) == code
    assert receipts.signed(code) == ""


def test_an_inhabitant_asks_for_a_ballot_by_letter() -> None:
    one = opened()
    with pytest.raises(actions.CastRefused, match="pas encore"):
        actions.ask_for_a_ballot(consultation=one, address="chloe@exemple.test", at=BEFORE)
    with pytest.raises(actions.CastRefused):
        actions.ask_for_a_ballot(consultation=one, address="pas une adresse", at=DURING)
    listed = opened(electorates=("choosing.inhabitants",))
    listed.colleges.update(is_open=False)
    with pytest.raises(actions.CastRefused):
        actions.ask_for_a_ballot(consultation=listed, address="chloe@exemple.test", at=DURING)
    actions.ask_for_a_ballot(consultation=one, address="chloe@exemple.test", at=DURING)
    assert Letter.objects.get(kind="choosing.ballot").mailbox.address == "chloe@exemple.test"
    assert not one.electors.filter(kind="address").exists()
