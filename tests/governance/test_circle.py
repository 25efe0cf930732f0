"""The members of a body talk and keep files together; nobody else does."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from maillage.accounts.enums import Role
from maillage.discussion import actions as talk
from maillage.governance.circles import circle_of_body, key_of
from maillage.governance.enums import Function
from maillage.kernel.registry import circle_of
from tests.accounts.people import holder
from tests.discussion.world import document
from tests.governance.world import AT, body, member, signed_in

pytestmark = pytest.mark.django_db


def test_members_read_and_write_strangers_do_not(client: Client) -> None:
    one = body()
    with time_machine.travel(AT, tick=False):
        alice = signed_in(client)
        refused = client.get(f"/echanges/{key_of(one)}/")
        assert (refused.status_code, "celle des membres" in refused.content.decode()) == (403, True)
        member(one, "alice@exemple.test")
        assert client.get(f"/echanges/{key_of(one)}/").status_code == 200
        assert Client().get(f"/echanges/{key_of(one)}/").status_code == 302
        found = circle_of(key_of(one))
        assert found is not None
        assert (bool(found.may_write(alice)), bool(found.may_moderate(alice))) == (True, False)


def test_who_animates_is_the_chair_the_secretary_and_the_agents() -> None:
    one = body()
    with time_machine.travel(AT, tick=False):
        found = circle_of(key_of(one))
        assert found is not None
        chair = member(one, "chair@exemple.test", function=Function.CHAIR)
        agent = holder(Role.AGENT)
        assert bool(found.may_moderate(agent))
        assert chair.user is None
        assert list(found.readers()) == []


def test_a_private_file_is_refused_without_session_and_given_to_a_member(client: Client) -> None:
    one = body()
    with time_machine.travel(AT, tick=False):
        alice = signed_in(client)
        member(one, "alice@exemple.test")
        kept = talk.add_file(circle=circle_of_body(one), name="Ordre du jour", document=document(), by=alice, at=AT)
        address = kept.get_absolute_url()
        assert client.get(address).status_code == 200
        assert Client().get(address).status_code == 403


def test_one_s_own_page_shows_what_is_said(client: Client) -> None:
    one = body()
    with time_machine.travel(AT, tick=False):
        signed_in(client)
        member(one, "alice@exemple.test")
        page = client.get("/moi/instances/").content.decode()
    assert f"/echanges/{key_of(one)}/" in page


@pytest.mark.parametrize("rest", ["0", "999", "x", "1" * 30])
def test_an_unknown_circle_is_nobody_s(rest: str) -> None:
    assert circle_of(f"instance-{rest}") is None
