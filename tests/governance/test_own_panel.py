"""What a member of a body reads as soon as they come in: the next meetings, and how much they have to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.governance import actions
from tests.governance.world import AT, TODAY, announced, body, member, minuted, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtail_roots")]


@pytest.fixture(autouse=True)
def _the_day_is_at() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def read(client: Client) -> str:
    answer = client.get("/moi/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_next_meetings_stand_first_and_lead_to_their_answer(client: Client) -> None:
    one = body()
    member(one)
    signed_in(client)
    assert "Les réunions qui viennent" not in read(client)
    later, soon = announced(one, days=40, title="Tard"), announced(one, days=4, title="Bientôt")
    dates = [(AT + timedelta(days=60), AT + timedelta(days=60, hours=2))]
    asked = actions.propose_dates(body=one, facts={"title": "Quand ?"}, options=dates, by=None, at=AT)
    announced(one, days=90, title="Dans longtemps")
    shown = read(client)
    places = [shown.index(f"/moi/reunions/{meeting.pk}/") for meeting in (asked, soon, later)]
    assert places == sorted(places)
    assert "Dans longtemps" not in shown
    listed = client.get("/moi/instances/").content.decode()
    assert listed.index("Bientôt") < listed.index("Tard") < listed.index("Dans longtemps")


def test_what_one_has_to_do_is_counted(client: Client) -> None:
    one = body()
    alice = member(one)
    met = minuted(one, alice)
    actions.entrust(meeting=met, text="Écrire", owner=alice, due_date=TODAY, by=None, at=AT)
    signed_in(client)
    assert "action à faire" not in read(client)
    actions.validate_minutes(meeting=met, by=None, at=AT)
    assert "action à faire" in read(client)


def test_more_meetings_ask_no_more_of_the_database(client: Client) -> None:
    one = body()
    member(one)
    signed_in(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(client)
        return len(asked)

    announced(one)
    read(client)
    alone = queries()
    announced(one, days=9)
    announced(one, days=10)
    assert queries() == alone
