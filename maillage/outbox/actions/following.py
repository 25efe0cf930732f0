"""What a click on a signed link does: once, in one transaction with its trace in the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from maillage.kernel.actions import journal
from maillage.kernel.letters import Page
from maillage.outbox import links, phrases
from maillage.outbox.links import Link
from maillage.outbox.models import UsedLink


class LinkRefused(Exception):
    """The link does nothing any more; `link.standing` says why."""

    def __init__(self, link: Link) -> None:
        super().__init__(link.standing)
        self.link = link


def follow(*, token: str, at: datetime) -> tuple[Page, Link]:
    """Do what the link says and give back what to tell. Raises LinkRefused; nothing is written then."""
    try:
        with transaction.atomic():
            link = links.read(token, at=at)
            if link.standing != "good" or link.purpose is None or link.occasion is None:
                raise LinkRefused(link)
            if link.purpose.is_single_use:
                # Unique: of two clicks at once, the second waits here and is refused.
                UsedLink.objects.create(
                    token_digest=link.token_digest, purpose=link.purpose.key, mailbox=link.mailbox, used_at=at
                )
            page = link.purpose.act(link.occasion)
            journal(
                verb="follow_link",
                target=link.letter or link.mailbox,
                changes={"purpose": [None, link.purpose.key]},
                by=None,
                at=at,
                actor_label=phrases.WRITTEN_BY_LINK,
                note=f"{link.occasion.object_type} {link.occasion.object_id or ''}".strip(),
            )
            return page, link
    except IntegrityError as error:
        again = links.read(token, at=at)
        if again.standing == "good":  # the fault was elsewhere
            raise
        raise LinkRefused(again) from error
