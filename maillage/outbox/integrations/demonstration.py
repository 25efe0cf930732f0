"""The mailbox of the demonstration: letters are kept to be read on the site, none leaves."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from maillage.outbox.integrations import Outcome, Sent
from maillage.outbox.models import CaughtLetter, Letter


class DemonstrationTransport:
    """Catches what would leave."""

    def open(self) -> DemonstrationChannel:
        return DemonstrationChannel()


class DemonstrationChannel:
    """Writes each message down."""

    is_open = True
    is_apart = False

    def hand_over(self, message: EmailMultiAlternatives, letter: Letter) -> Outcome:
        """Keep it; once for each letter, however often it is handed over."""
        CaughtLetter.objects.update_or_create(
            letter=letter,
            defaults={
                "address": letter.mailbox.address,
                "title": str(message.subject),
                "html": str(message.alternatives[0][0]),
                "text": str(message.body),
                "headers": {name: str(value) for name, value in message.extra_headers.items()},
                "caught_at": timezone.now(),
            },
        )
        return Sent()

    def close(self) -> None:
        return
