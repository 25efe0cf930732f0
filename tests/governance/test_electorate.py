"""Members of a body as an electorate: one voice for an organisation, one for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from maillage.accounts.enums import Role
from maillage.choosing import actions as choosing
from maillage.governance import actions
from maillage.governance.electorates import ELECTORATES
from maillage.governance.enums import Joining, Kind
from tests.accounts.people import holder
from tests.choosing.world import CLOSES, DURING, OPENS, opened, vote_by_address
from tests.factories import organisation, person
from tests.forms import form_in
from tests.governance.world import AT, TODAY, body, collective, member
from tests.space.world import leave, links_in

pytestmark = pytest.mark.django_db
COLLECTIVE, STEERING = ELECTORATES


def keys(which: int) -> list[tuple[str, str]]:
    return [(voice.key, voice.college[1]) for voice in ELECTORATES[which].voices(TODAY)]


def test_an_organisation_has_one_voice_whoever_sits_for_it() -> None:
    one, made = collective(), organisation("Le Fil vert")
    member(one, "alice@exemple.test", organisation=made)
    member(one, "ines@exemple.test", organisation=made)
    assert {key for key, _ in keys(0)} == {f"organisation:{made.pk}"}


def test_agents_tell_apart_two_members_without_an_account(client: Client) -> None:
    made = collective()
    for rank, name in enumerate(("Marie Dupré", "Jean Petit", "")):
        member(made, f"sans-compte{rank}@exemple.test", name=name)
    one, secret = (opened(electorates=("governance.collective",), method="consent", is_secret=hush)
                   for hush in (False, True))  # fmt: skip
    made.members.filter(name="").update(email="")  # erased since
    client.force_login(holder(Role.AGENT))
    with time_machine.travel(DURING, tick=True):
        pages = {
            (each, path): client.get(f"/gestion/consultations/{each.pk}/{path}/").content.decode()
            for each in (one, secret) for path in ("papier", "liste")
        }  # fmt: skip
    named = ("Marie Dupré, voix n°\u00a01<", "Jean Petit, voix n°\u00a02<", "Membres, voix n°\u00a03<")
    for shown in (pages[one, "papier"], pages[one, "liste"], pages[secret, "liste"]):
        assert [name in shown for name in named] == [True, True, True]
    assert "Marie" not in pages[secret, "papier"], "a sheet of a secret vote names its college only"


def test_people_have_the_voice_of_their_account_in_their_college() -> None:
    one = body("Comité", kind=Kind.STEERING_COMMITTEE, joining=Joining.NAMED)
    college = actions.add_college(body=one, label="Élues et élus", by=None, at=AT)
    edith = person("edith@exemple.test")
    member(one, "edith@exemple.test", college=college)
    member(one, "sans-compte@exemple.test", college=college)
    (first, second) = ELECTORATES[1].voices(TODAY)
    assert (first.key, second.address, second.user_id) == (f"person:{edith.pk}", "sans-compte@exemple.test", None)
    assert (second.key.startswith("address:"), "sans-compte" in second.key, second.label) == (
        True,
        False,
        "Élues et élus",
    )
    assert keys(0) == []
    account = person("sans-compte@exemple.test")  # opened since: the voice is the account's, once
    assert [key for key, _ in keys(1)] == [f"person:{edith.pk}", f"person:{account.pk}"]


def test_a_member_known_by_an_address_alone_votes_by_letter_and_once(client: Client) -> None:
    member(collective(), "sans-compte@exemple.test")
    one = opened(electorates=("governance.collective",), method="consent")
    (voice,) = one.electors.all()
    assert (voice.kind, voice.user, voice.has_voted) == ("address", None, False)
    (letter,) = [each for each in leave(OPENS) if each.to == ["sans-compte@exemple.test"]]
    there = links_in(letter)["Voter"]
    with time_machine.travel(DURING, tick=False):
        form = form_in(client.get(there).content.decode())
        for answer in ("object", "agree"):
            said = {**form, "answer": answer, "reason": "Trop tôt." if answer == "object" else ""}
            assert client.post(there, said).status_code == 200
    voice.refresh_from_db()
    assert (one.ballots.count(), voice.has_voted, voice.ballot.content["answer"]) == (1, True, "agree")
    with pytest.raises(choosing.ConsultationRefused, match="pas ouvert aux habitant"):
        vote_by_address(one, "chloe@exemple.test", {"answer": "agree"})
    assert ["finit" in each.subject or "Plus que" in each.subject for each in leave(CLOSES - timedelta(hours=12))] == []


def test_a_mandate_that_is_over_has_no_voice() -> None:
    one = collective()
    person("alice@exemple.test")
    member(one, "alice@exemple.test", until=TODAY.replace(year=TODAY.year - 1))
    assert keys(0) == []
