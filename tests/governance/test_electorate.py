"""Members of a body as an electorate: one voice for an organisation, one for a person."""

from __future__ import annotations

import pytest

from maillage.governance import actions
from maillage.governance.electorates import ELECTORATES
from maillage.governance.enums import Joining, Kind
from tests.factories import organisation, person
from tests.governance.world import AT, TODAY, body, collective, member

pytestmark = pytest.mark.django_db
COLLECTIVE, STEERING = ELECTORATES


def keys(which: int) -> list[tuple[str, str]]:
    return [(voice.key, voice.college[1]) for voice in ELECTORATES[which].voices(TODAY)]


def test_an_organisation_has_one_voice_whoever_sits_for_it() -> None:
    one, made = collective(), organisation("Le Fil vert")
    member(one, "alice@exemple.test", organisation=made)
    member(one, "ines@exemple.test", organisation=made)
    assert {key for key, _ in keys(0)} == {f"organisation:{made.pk}"}


def test_people_have_the_voice_of_their_account_in_their_college() -> None:
    one = body("Comité", kind=Kind.STEERING_COMMITTEE, joining=Joining.NAMED)
    college = actions.add_college(body=one, label="Élues et élus", by=None, at=AT)
    edith = person("edith@exemple.test")
    member(one, "edith@exemple.test", college=college)
    member(one, "sans-compte@exemple.test", college=college)
    assert keys(1) == [(f"person:{edith.pk}", "Élues et élus")]
    assert keys(0) == []


def test_a_mandate_that_is_over_has_no_voice() -> None:
    one = collective()
    person("alice@exemple.test")
    member(one, "alice@exemple.test", until=TODAY.replace(year=TODAY.year - 1))
    assert keys(0) == []
