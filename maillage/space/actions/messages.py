"""Relay a visitor's words to somebody whose address they do not see.

Words: a message is *written*, then *relayed* once the visitor's own address confirmed it by a click: nobody writes in
another's name. Neighbours: the letters are in `notices_messages`, the click in `clicks_messages`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.queries import stand_ins
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.kernel.dated import dated_value
from maillage.outbox import actions as outbox
from maillage.space.enums import MessageState, Part
from maillage.space.models import Membership, RelayedMessage

RULES = Path(__file__).parent.parent / "data/rules.json"


class MessageRefused(Exception):
    """The message cannot be written or relayed; `phrase` says why and what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


NOBODY = "Nous n’avons pas d’adresse sûre pour cette structure. Appelez-nous\u00a0: nous vous mettrons en relation."


def write_message(*, to: Organisation | User, name: str, email: str, words: str, at: datetime) -> RelayedMessage:
    """Keep a visitor's words and ask their own address to confirm them. Raises MessageRefused."""
    organisation, officer = (to, None) if isinstance(to, Organisation) else (None, to)
    with transaction.atomic():
        message = RelayedMessage.objects.create(
            organisation=organisation, officer=officer, name=name.strip(), email=email.strip().lower(),
            words=words.strip(), written_at=at,
        )  # fmt: skip
        if reader_of(message, at) is None:
            raise MessageRefused(NOBODY)
        try:
            outbox.post(kind="space.message_confirm", to=message.email, about=message, at=at)
        except outbox.AddressRefused as error:
            raise MessageRefused(outbox.AddressRefused.phrase) from error
    return message


def relay(*, message: RelayedMessage, at: datetime) -> RelayedMessage:
    """The visitor confirmed: the words leave. Raises MessageRefused (already relayed, forgotten, nobody to read)."""
    with transaction.atomic():
        message = RelayedMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
        reader = reader_of(message, at)
        if message.state != MessageState.WRITTEN or not message.words:
            raise MessageRefused("Ce message est déjà parti, ou il est trop ancien.")
        if reader is None:
            raise MessageRefused(NOBODY)
        try:
            outbox.post(kind="space.message", to=reader, about=message, at=at)
        except outbox.AddressRefused as error:
            raise MessageRefused(NOBODY) from error
        message.state, message.relayed_at = MessageState.RELAYED, at
        message.save(update_fields=["state", "relayed_at"])
        target = message.organisation or message.officer
        if target is not None:
            journal(verb="relay", target=target, changes={"message": [None, message.pk]}, by=None, at=at)
    return message


def reader_of(message: RelayedMessage, at: datetime) -> User | str | None:
    """Who gets it: the liaison officer or who stands in for them, the organisation's manager, else its own address.

    None when nobody can.
    """
    if message.officer is not None:
        present = stand_ins([message.officer], on=timezone.localdate(at)) or [message.officer]
        return present[0] if present[0].is_active else None
    if message.organisation is None:
        return None
    managers = Membership.objects.filter(organisation=message.organisation, part=Part.MANAGER, user__is_active=True)
    manager = managers.select_related("user").first()
    return manager.user if manager is not None else message.organisation.email or None


def kept_days(on: date) -> int:
    """How many days the words stay in clear."""
    return dated_value(RULES, "space.message_days", on=on)


def forget_messages(*, at: datetime) -> int:
    """Blank the name, address and words of messages whose term is over; how many. The rows stay for the counts."""
    limit = at - timedelta(days=kept_days(timezone.localdate(at)))
    over = RelayedMessage.objects.filter(~Q(words=""), written_at__lt=limit)
    return over.update(name="", email="", words="")
