"""Freeze what the committee reads, as of a day.

Neighbours: `queries.content` writes it, `printing` lays it out; the command and the back office enter here.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.steering import phrases
from maillage.steering.models import CommitteeFile, CommitteePaper
from maillage.steering.printing import papers_of
from maillage.steering.queries.content import document_of
from maillage.strategy.models import Strategy
from ui.print.blocks import as_json


class FileRefused(Exception):
    """Nothing was written; `phrase` says why, `field` where ("" for the whole)."""

    def __init__(self, phrase: str, field: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.field = phrase, field


def prepare_file(*, strategy: Strategy, as_of: date, by: User | None, at: datetime) -> CommitteeFile:
    """The file of that day; the one that is there already is given back as it was.

    Compared with the last file before it. Raises FileRefused for a day to come, or before the strategy.
    """
    if as_of > timezone.localdate(at):
        raise FileRefused(phrases.TOMORROW, "as_of")
    if as_of.year < strategy.start_year:
        raise FileRefused(phrases.BEFORE.format(year=strategy.start_year), "as_of")
    with transaction.atomic():
        # The plan is locked: two people who press the button at once get one file.
        kept = Strategy.objects.select_for_update(of=("self",)).select_related("territory").get(pk=strategy.pk)
        living = CommitteeFile.objects.filter(strategy=kept, discarded_at=None)
        found = living.filter(as_of=as_of).first()
        if found is not None:
            return found
        before = living.filter(as_of__lt=as_of).order_by("-as_of").first()
        since = before.as_of if before else None
        document = as_json(
            document_of(strategy=kept, on=as_of, since=since, made=at, site=settings.SITE_URL.rstrip("/"))
        )
        made = CommitteeFile.objects.create(
            strategy=kept, as_of=as_of, since=since, document=document, made_at=at, made_by=by
        )
        CommitteePaper.objects.bulk_create(
            CommitteePaper(
                file=made, form=form, content=content, size=len(content), sha256=hashlib.sha256(content).hexdigest()
            )
            for form, content in papers_of(document, as_of).items()
        )
        journal(verb="prepare_file", target=made, changes={"as_of": [None, as_of.isoformat()]}, by=by, at=at)
    return made


def discard_file(*, file: CommitteeFile, reason: str, by: User | None, at: datetime) -> None:
    """Set a file aside before the committee reads it, so that another may be made for its day; it is kept.

    Raises FileRefused without a reason, or when it was set aside before.
    """
    if not reason.strip():
        raise FileRefused(phrases.NEEDS_REASON, "reason")
    with transaction.atomic():
        moved = CommitteeFile.objects.filter(pk=file.pk, discarded_at=None).update(
            discarded_at=at, discard_reason=reason.strip()
        )
        if not moved:
            raise FileRefused(phrases.ALREADY_DISCARDED)
        journal(verb="discard_file", target=file, changes={"reason": [None, reason.strip()]}, by=by, at=at)
