"""The moments of an example meeting, each by its verb and on its own day, signed by the example agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.discussion.actions import open_thread, say
from maillage.discussion.models import Thread
from maillage.governance import actions
from maillage.governance.circles import circle_of_body
from maillage.governance.enums import Joining, Kind
from maillage.governance.models import Action, AgendaItem, Body, Decision, Meeting, Member
from maillage.strategy.models import Measure

EXAMPLE = "(donnée d’exemple)"


def after(met: Meeting, days: int) -> datetime:
    """When it ended, so many days later."""
    assert met.ends_at is not None
    return met.ends_at + timedelta(days=days)


@dataclass(frozen=True)
class Scene:
    """Who signs, when, the example people by first name, the measures of the plan by code."""

    agent: User
    at: datetime
    people: dict[str, User]
    measures: dict[str, Measure]

    def open(self, name: str, kind: Kind, joining: Joining, purpose: str, **facts: Any
    ) -> Body:  # fmt: skip
        """A body of more than a year."""
        told = {"name": name, "kind": kind, "joining": joining, "purpose": purpose, **facts}
        return actions.open_body(facts=told, by=self.agent, at=self.at - timedelta(days=400), is_example=True)

    def seat(self, body: Body, email: str, name: str, **facts: Any) -> Member:
        """A mandate of more than a year, the charter accepted."""
        told = {"name": name, "since": timezone.localdate(self.at) - timedelta(days=390), **facts}
        charter_at = self.at - timedelta(days=390) if body.charter else None
        return actions.admit_member(
            body=body, email=email, facts=told, charter_at=charter_at, by=self.agent, at=self.at
        )

    def evening(self, days: int) -> tuple[datetime, datetime]:
        """From 18 to 20 h in Paris, so many days from now."""
        day: date = timezone.localdate(self.at) + timedelta(days=days)
        start = timezone.make_aware(datetime.combine(day, time(18)))
        return start, start + timedelta(hours=2)

    def announce(self, body: Body, title: str, days: int) -> Meeting:
        """Members are invited when it is to come."""
        starts, ends = self.evening(days)
        facts = {"title": title, "place": "Salle des fêtes (donnée d’exemple)", "is_public": True}
        return actions.announce_meeting(
            body=body, facts=facts, starts_at=starts, ends_at=ends, by=self.agent, at=self.at
        )

    def meet(self, body: Body, title: str, days_ago: int, present: Sequence[Member]) -> Meeting:
        """It took place so many days ago, with these."""
        met = self.announce(body, title, -days_ago)
        seen, over = dict.fromkeys(present, ("present", None)), after(met, 0)
        actions.note_attendance(meeting=met, seen=seen, by=self.agent, at=over)
        return actions.hold(meeting=met, by=self.agent, at=over)

    def write(self, met: Meeting, *points: tuple[str, str]) -> None:
        """Points with what was said there; the follow-up, when there is one, says a word too."""
        for title, words in points:
            item = actions.add_item(meeting=met, title=title, by=self.agent, at=after(met, 1))
            actions.write_minutes(item=item, text=f"{words} (Donnée d’exemple.)", by=self.agent, at=after(met, 1))
        for item in met.items.filter(is_follow_up=True):
            text = "Chacun a dit où en était son action. (Donnée d’exemple.)"
            actions.write_minutes(item=item, text=text, by=self.agent, at=after(met, 1))

    def entrust(self, item: AgendaItem, text: str, owner: Member, days: int, measure: str = "") -> Action:
        """For a day so many days after the meeting. measure: its code."""
        met = item.meeting
        assert met.starts_at is not None
        due = timezone.localdate(met.starts_at) + timedelta(days=days)
        return actions.entrust(
            meeting=met, item=item, text=text, owner=owner, due_date=due, measure=self.measures.get(measure),
            by=self.agent, at=after(met, 1),
        )  # fmt: skip

    def decide(self, item: AgendaItem, text: str, measure: str) -> Decision:
        """measure: its code."""
        return actions.decide(
            meeting=item.meeting, item=item, text=text, measure=self.measures.get(measure), by=self.agent,
            at=after(item.meeting, 1),
        )  # fmt: skip

    def close(self, met: Meeting) -> None:
        """Written within the week, validated the week after."""
        actions.finish_minutes(meeting=met, by=self.agent, at=after(met, 4))
        actions.validate_minutes(meeting=met, by=self.agent, at=after(met, 11))

    def talk(self, body: Body, title: str, met: Meeting, *said: tuple[int, User, str]) -> Thread:
        """A thread of the body's circle after a meeting: (days after it, who, what they said), the first opens it."""
        (days, who, text), *answers = said
        thread = open_thread(
            circle=circle_of_body(body), title=title, text=f"{text} {EXAMPLE}", by=who, at=after(met, days)
        )
        for days, who, text in answers:
            say(thread=thread, text=f"{text} {EXAMPLE}", by=who, at=after(met, days))
        return thread
