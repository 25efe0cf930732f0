"""Bodies and members for the tests of this room; AT is a Wednesday, noon in Paris."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from maillage.accounts.models import User
from maillage.governance import actions
from maillage.governance.enums import Joining, Kind
from maillage.governance.models import Body, Member
from tests.outbox.world import AT

__all__ = ["AT", "TODAY", "body", "collective", "member"]
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
