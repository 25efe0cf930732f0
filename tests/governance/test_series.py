"""Meetings that come again: announced together, each then lived by itself."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from maillage.accounts.enums import Role
from maillage.governance import actions
from maillage.governance.forms.meetings import days_of
from maillage.governance.models import Body, Meeting
from maillage.outbox.models import Letter
from tests.accounts.people import holder
from tests.governance.world import AT, body, member
from tests.space.world import leave, links_in

pytestmark = pytest.mark.django_db


def announced_again(of: Body, times: int = 3) -> list[Meeting]:
    starts = [AT + timedelta(days=7 + 28 * rank) for rank in range(times)]
    moments = [(start, start + timedelta(hours=2)) for start in starts]
    return actions.announce_series(body=of, facts={"title": "Café"}, moments=moments, by=None, at=AT)


def kinds() -> list[tuple[str, int]]:
    rows = Letter.objects.order_by("due_at", "pk").values_list("kind", "due_at")
    return [(kind, (due - AT).days) for kind, due in rows]


def test_one_letter_tells_every_date_then_each_meeting_is_recalled() -> None:
    one = body()
    member(one)
    announced_again(one)
    assert kinds() == [("governance.series", 0), ("governance.notice", 21), ("governance.notice", 49)]


def test_the_calendar_of_the_letter_holds_them_all_but_those_that_were_cancelled(client: Client) -> None:
    one = body()
    member(one)
    made = announced_again(one)
    (letter,) = leave(AT)
    path = links_in(letter)["Mettre toutes les dates à mon agenda"]
    content = client.get(path).content.decode()
    assert content.count("BEGIN:VEVENT") == 3
    actions.cancel_meeting(meeting=made[1], reason="Férié.", by=None, at=AT)
    assert client.get(path).content.decode().count("BEGIN:VEVENT") == 2


def test_a_notice_that_was_planned_does_not_leave_again_after_a_change() -> None:
    one = body()
    member(one)
    later = announced_again(one)[1]
    leave(AT)
    actions.revise_meeting(meeting=later, facts={"place": "Gare"}, by=None, at=AT)
    assert ["Changement" in letter.subject for letter in leave(AT)] == [True]
    due = [letter for letter in leave(AT + timedelta(days=21)) if "Café" in letter.subject]
    assert due == []
    assert ["Réunion" in letter.subject for letter in leave(AT + timedelta(days=49))] == [True]


@pytest.mark.parametrize("times", [0, 1, 13])
def test_a_series_has_two_dates_to_twelve(times: int) -> None:
    with pytest.raises(actions.GovernanceRefused):
        announced_again(body(), times)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("repeat", "days"), [
    ("weeks", ["2026-12-29", "2027-01-05", "2027-01-12"]),
    ("fortnights", ["2026-12-29", "2027-01-12", "2027-01-26"]),
    ("months", ["2026-12-29", "2027-01-26", "2027-02-23"]),
])  # fmt: skip
def test_days_come_again(repeat: str, days: list[str]) -> None:
    assert [day.isoformat() for day in days_of(date(2026, 12, 29), repeat, 3)] == days


@pytest.mark.usefixtures("wagtail_roots")
def test_an_agent_announces_them_and_the_hour_stays_when_the_clocks_change(client: Client) -> None:
    one = body()
    client.force_login(holder(Role.AGENT))
    page = f"/gestion/instances/{one.pk}/reunions/"
    typed = {"title": "Café", "day_1": "2099-03-10", "starts_1": "18:00", "ends_1": "19:00", "repeat": "fortnights"}
    assert client.post(page, typed).status_code == 422
    assert client.post(page, {**typed, "times": "3"}).status_code == 302
    starts = Meeting.objects.values_list("starts_at", flat=True)
    hours = {row.astimezone(ZoneInfo("Europe/Paris")).hour for row in starts if row}
    assert (Meeting.objects.count(), hours) == (3, {18})
