"""A plan of four measures and four indicators, and what bodies and people add to it. NOON is a Tuesday, in Paris."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from maillage.accounts.models import User
from maillage.governance import actions as governance
from maillage.governance.enums import DecisionState, Joining, Kind
from maillage.governance.models import Body, Decision
from maillage.steering import actions
from maillage.steering.models import CommitteeFile
from maillage.strategy import actions as steering
from maillage.strategy.actions import load_strategy
from maillage.strategy.actions.measuring import load_indicators, record_reading
from maillage.strategy.models import Indicator, Measure, Strategy
from tests.factories import person, small_territory
from tests.strategy.files import indicator_file, strategy_file

NOON = datetime(2026, 12, 15, 11, tzinfo=UTC)
DAY = date(2026, 12, 15)
BEFORE = date(2026, 11, 20)
SITE = "https://essai.test"
OWNER = ("Aliénor", "Marchandise")
MEMBER = ("Gontran", "Dubreuil")


def plan() -> Strategy:
    """Loaded long ago; every measure is followed by somebody, so that nothing is asked of a committee."""
    home, document, long_ago = small_territory(), strategy_file(), ago(900)
    document["territory"] = home.siren
    load_strategy(document=document, by=None, at=long_ago)
    load_indicators(document=indicator_file(), by=None, at=long_ago)
    strategy = Strategy.objects.get()
    owner = person("alienor@exemple.test", first_name=OWNER[0], last_name=OWNER[1])
    for one in Measure.objects.order_by("code"):
        steer(one.code, days=800, owner=owner)
    return strategy


def ago(days: int) -> datetime:
    """So many days before NOON."""
    return NOON - timedelta(days=days)


def of(code: str) -> Measure:
    return Measure.objects.select_related("strategy").get(code=code)


def steer(code: str, *, days: int = 1, **facts: Any) -> Measure:
    """What somebody changed of a measure, so many days ago."""
    return steering.steer_measure(measure=of(code), facts=facts, by=None, at=ago(days), must_be_as_seen=False)


def read(code: str, value: str, *, days: int) -> None:
    """A typed reading of so many days ago."""
    one, at = Indicator.objects.select_related("strategy").get(code=code), ago(days)
    record_reading(indicator=one, on=at.date(), value=Decimal(value), note="Feuille", by=None, at=at)


def decided(
    text: str, *, days: int = 10, state: DecisionState | None = None, body: Body | None = None, entrusts: str = "",
    validated: int | None = None, **facts: Any,
) -> Decision:  # fmt: skip
    """A decision of so many days ago, in minutes validated the same day, or `validated` days ago.

    entrusts: an action for the day of the meeting.
    """
    held = ago(days)
    within = body or committee()
    meeting = governance.announce_meeting(
        body=within, facts={"title": "Rencontre", "place": "Mairie", **facts}, starts_at=held,
        ends_at=held + timedelta(hours=2), by=None, at=held - timedelta(days=7),
    )  # fmt: skip
    after = held + timedelta(hours=3)
    seen = dict.fromkeys(within.members.all(), ("present", None))
    governance.note_attendance(meeting=meeting, seen=seen, by=None, at=after)
    governance.hold(meeting=meeting, by=None, at=after)
    governance.add_item(meeting=meeting, title="Le plan", at=after)
    made = governance.decide(meeting=meeting, text=text, by=None, at=after)
    if entrusts:
        governance.entrust(
            meeting=meeting, text=entrusts, owner=within.members.get(), due_date=held.date(), by=None, at=after
        )
    for item in meeting.items.all():
        governance.write_minutes(item=item, text="On en a parlé.", by=None, at=after)
    meeting.refresh_from_db()
    governance.finish_minutes(meeting=meeting, by=None, at=after)
    after = after if validated is None else ago(validated)
    governance.validate_minutes(meeting=meeting, by=None, at=after)
    if state is not None:
        governance.follow_decision(decision=made, state=state, note="Faute de temps", by=None, at=after)
    return made


def committee(name: str = "Le comité", kind: Kind = Kind.STEERING_COMMITTEE) -> Body:
    """A body with one member, who must be named nowhere."""
    found = Body.objects.filter(name=name).first()
    if found is not None:
        return found
    facts = {"kind": kind, "name": name, "purpose": "Suivre le plan.", "joining": Joining.NAMED}
    made = governance.open_body(facts=facts, by=None, at=ago(900))
    member = {"name": " ".join(MEMBER), "since": ago(800).date()}
    governance.admit_member(body=made, email="gontran@exemple.test", facts=member, by=None, at=ago(800))
    return made


def prepared(strategy: Strategy, on: date = DAY, *, by: User | None = None, at: datetime = NOON) -> CommitteeFile:
    return actions.prepare_file(strategy=strategy, as_of=on, by=by, at=at)


def words_of(file: CommitteeFile) -> str:
    """All it says, with plain spaces."""
    return json.dumps(file.document, ensure_ascii=False).replace("\xa0", " ").replace("\u202f", " ")
