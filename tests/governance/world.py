"""Bodies and members for the tests of this room; AT is a Wednesday, noon in Paris."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.governance import actions
from maillage.governance.enums import Joining, Kind
from maillage.governance.models import Body, Meeting, Member
from tests.outbox.world import AT

__all__ = ["AT", "TODAY", "announced", "body", "collective", "held", "member", "minuted", "signed_in"]
TODAY = timezone.localdate(AT)
LONG_AGO = AT - timedelta(days=900)


def body(name: str = "Groupe mobilité", **facts: Any) -> Body:
    """An open working group, opened long ago."""
    told: dict[str, Any] = {
        "kind": Kind.WORKING_GROUP, "name": name, "purpose": "Se déplacer sans voiture.", "joining": Joining.OPEN,
        **facts,
    }  # fmt: skip
    return actions.open_body(facts=told, by=None, at=LONG_AGO)


def collective(**facts: Any) -> Body:
    charter = {"charter": "Chacun compte pour un.", "charter_date": TODAY}
    told = {"kind": Kind.COLLECTIVE, "joining": Joining.ON_ACCEPTANCE, **charter, **facts}
    return body("Le collectif", **told)


def member(of: Body, email: str = "alice@exemple.test", **facts: Any) -> Member:
    """Somebody who sits there since long; tied to the account of this address, if any."""
    told = {"name": email.partition("@")[0].capitalize(), "since": TODAY - timedelta(days=800), **facts}
    return actions.admit_member(body=of, email=email, facts=told, by=None, at=AT)


def signed_in(client: Any, email: str = "alice@exemple.test") -> User:
    """This person, with an account and a session."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, first_name="Alice")
    client.force_login(user)
    return user


def announced(of: Body, *, days: int = 7, **facts: Any) -> Meeting:
    """A meeting of two hours, so many days after AT."""
    told = {"title": "Rencontre d’hiver", "place": "Salle des fêtes", **facts}
    starts = AT + timedelta(days=days)
    return actions.announce_meeting(
        body=of, facts=told, starts_at=starts, ends_at=starts + timedelta(hours=2), by=None, at=AT
    )  # fmt: skip


def held(of: Body, *present: Member, **facts: Any) -> Meeting:
    """A meeting of yesterday where these were."""
    made = announced(of, days=-1, **facts)
    actions.note_attendance(meeting=made, seen=dict.fromkeys(present, ("present", None)), by=None, at=AT)
    return actions.hold(meeting=made, by=None, at=AT)


def minuted(of: Body, *present: Member, **facts: Any) -> Meeting:
    """The same with one point written; its minutes wait to be validated."""
    made = held(of, *present, **facts)
    item = actions.add_item(meeting=made, title="La charte", at=AT)
    for one in made.items.all():
        actions.write_minutes(item=one, text="On en a parlé.", by=None, at=AT)
    assert item.meeting_id == made.pk
    return actions.finish_minutes(meeting=made, by=None, at=AT)
