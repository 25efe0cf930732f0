"""Calendars: what RFC 5545 asks, in the time of Paris, and what changes when a meeting does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from maillage.governance import actions, ics
from maillage.governance.models import Body, Meeting
from tests.governance.world import AT, announced, body, member


def test_text_is_escaped_and_folded_at_75_octets_inside_no_character() -> None:
    assert ics.escaped("a;b,c\\d\ne\r\nf\x00") == "a\\;b\\,c\\\\d\\ne\\nf"
    line = "SUMMARY:" + "été " * 60
    folded = ics.folded(line)
    assert folded.endswith("\r\n")
    pieces = folded[:-2].split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def lines_of(content: bytes) -> list[str]:
    assert b"\n" not in content.replace(b"\r\n", b"")
    return content.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.django_db
def test_summer_and_winter_are_told_in_the_time_of_paris() -> None:
    one = body("Groupe, mobilité")
    for starts in (datetime(2027, 1, 12, 17, 30, tzinfo=UTC), datetime(2027, 7, 13, 16, 30, tzinfo=UTC)):
        actions.announce_meeting(
            body=one, facts={"title": "Séance"}, starts_at=starts, ends_at=starts + timedelta(hours=2), by=None, at=AT
        )
    lines = lines_of(ics.calendar(Meeting.objects.order_by("starts_at"), name="x"))
    assert [line for line in lines if line.startswith("DTSTART;")] == [
        "DTSTART;TZID=Europe/Paris:20270112T183000", "DTSTART;TZID=Europe/Paris:20270713T183000",
    ]  # fmt: skip
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "METHOD:PUBLISH" in lines
    assert "TZID:Europe/Paris" in lines
    assert "SUMMARY:Groupe\\, mobilité : Séance" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 2
    opened = [line[6:] for line in lines if line.startswith("BEGIN:")]
    assert sorted(opened) == sorted(line[4:] for line in lines if line.startswith("END:"))


@pytest.mark.django_db
def test_a_change_has_a_greater_sequence_and_a_cancelled_meeting_leaves_calendars(client: Client) -> None:
    one = body()
    member(one)
    meeting = announced(one)
    actions.revise_meeting(meeting=meeting, facts={"place": "Mairie"}, by=None, at=AT)
    answer = client.get(f"/instances/{one.slug}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"SEQUENCE:1", "LOCATION:Mairie", "STATUS:CONFIRMED"} <= set(lines_of(answer.content))
    actions.cancel_meeting(meeting=meeting, reason="Neige", by=None, at=AT)
    lines = lines_of(client.get(f"{meeting.get_absolute_url()}reunion.ics").content)
    assert {"SEQUENCE:2", "STATUS:CANCELLED", "METHOD:CANCEL"} <= set(lines)


@pytest.mark.django_db
def test_the_public_calendar_holds_public_meetings_only(client: Client) -> None:
    one = Body.objects.get(pk=body().pk)
    announced(one, is_public=False)
    assert b"VEVENT" not in client.get(f"/instances/{one.slug}.ics").content
