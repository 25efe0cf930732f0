"""Django's mail backend, so that what Django and Wagtail write themselves goes through the outbox too."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from maillage.outbox.actions import AddressRefused, post
from maillage.outbox.notices import PLAIN


class OutboxBackend(BaseEmailBackend):
    """Posts one letter for each recipient: its words only, in our own dress. Attachments and HTML are left out."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many messages had a recipient we can write to. Raises AddressRefused unless it fails silently."""
        posted = 0
        for message in email_messages:
            for address in message.recipients():
                try:
                    facts = {"title": str(message.subject), "text": str(message.body)}
                    post(kind=PLAIN, to=address, facts=facts, at=timezone.now())
                except AddressRefused:
                    if not self.fail_silently:
                        raise
                else:
                    posted += 1
        return posted
