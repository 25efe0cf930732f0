"""What a click on a signed link does: once, in one transaction with its trace in the journal."""

from __future__ import annotations

from dataclasses import replace
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
    with transaction.atomic():
        link = links.read(token, at=at)
        spend(link=link, at=at)
        assert link.purpose is not None
        assert link.occasion is not None
        return link.purpose.act(link.occasion), link


def spend(*, link: Link, at: datetime) -> None:
    """Mark a link as used and write the click down; join the transaction of what it does.

    For the pages that rooms make for a link of theirs. Raises LinkRefused when it is not good (any more): let it
    pass out of the transaction.
    """
    if link.standing != "good" or link.purpose is None or link.occasion is None:
        raise LinkRefused(link)
    if link.purpose.is_single_use:
        try:
            # Unique: of two clicks at once, the second waits here and is refused.
            UsedLink.objects.create(
                token_digest=link.token_digest, purpose=link.purpose.key, mailbox=link.mailbox, used_at=at
            )
        except IntegrityError as error:
            raise LinkRefused(replace(link, standing="used")) from error
    journal(
        verb="follow_link",
        target=link.letter or link.mailbox,
        changes={"purpose": [None, link.purpose.key]},
        by=None,
        at=at,
        actor_label=phrases.WRITTEN_BY_LINK,
        note=f"{link.occasion.object_type} {link.occasion.object_id or ''}".strip(),
    )
