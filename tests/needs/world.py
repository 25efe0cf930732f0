"""What the tests of needs share: a small territory, an agent, needs said and published, letters as they left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.needs import actions
from maillage.needs.models import Need, Theme, Voice
from maillage.outbox.models import Letter
from maillage.territories.models import Commune
from tests.accounts.people import holder

AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
NAVETTE = "Une navette pour aller au marché quand on n’a pas de voiture."
CHLOE = "chloe@exemple.test"


def agent() -> User:
    return User.objects.filter(email="agent@exemple.test").first() or holder(Role.AGENT)


def said(words: str = NAVETTE, *, email: str = "", is_confirmed: bool = True, **facts: Any) -> Need:
    """A need that waits to be read; its address, if any, is confirmed unless told otherwise."""
    need = actions.say_need(words=words, email=email, at=facts.pop("at", AT), **facts)
    if email and is_confirmed:
        actions.confirm_need(voice=need.voices.get(), at=AT)
    return need


def published(words: str = NAVETTE, **facts: Any) -> Need:
    need = said(words, **facts)
    return actions.publish_need(need=need, words=words, by=agent(), at=AT)


def joined(need: Need, email: str) -> Voice:
    return actions.confirm_need(voice=actions.join_need(need=need, email=email, at=AT), at=AT)


def theme_of(needs: Iterable[Need], title: str = "Mobilité solidaire") -> Theme:
    return actions.propose_theme(title=title, needs=needs, by=agent(), at=AT)


def posted(kind: str) -> list[tuple[str, str]]:
    """(address, state) of the letters of this kind, in the order of their posting."""
    rows = Letter.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("mailbox__address", "state"))


def town() -> Commune:
    return Commune.objects.get(pk="80620")


def later(days: int = 1) -> datetime:
    return AT + timedelta(days=days)
