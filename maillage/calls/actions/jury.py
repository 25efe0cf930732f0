"""Who reads the applications of a call, and what they promise.

Words: a *reviewer* is a person of the jury of one call. Neighbours: `reviewing` keeps what they think.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls import terms
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.models import Call, Reviewer
from maillage.calls.phrases import review as phrases
from maillage.calls.queries.waiting import reviewers_to_remind
from maillage.kernel.actions import journal
from maillage.kernel.models import JournalEntry
from maillage.outbox import actions as outbox


def name_reviewer(*, call: Call, email: str, by: User, at: datetime) -> Reviewer:
    """Put the person of this address in the jury; a letter tells them.

    Raises CallRefused: no account at this address, or already there.
    """
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise CallRefused(phrases.NO_ACCOUNT, "email")
    with transaction.atomic():
        made, is_new = Reviewer.objects.get_or_create(call=call, user=user, defaults={"named_at": at})
        if not is_new:
            raise CallRefused(phrases.ALREADY_JUROR, "email")
        journal(verb="name_reviewer", target=call, changes={"reviewer": [None, made.pk]}, by=by, at=at)
        outbox.post(kind="calls.jury_named", to=user, about=made, at=at)
    return made


def remove_reviewer(*, reviewer: Reviewer, by: User, at: datetime) -> None:
    """Take out of the jury somebody who has written nothing yet. Raises CallRefused."""
    with transaction.atomic():
        if reviewer.reviews.exists():
            raise CallRefused(phrases.HAS_REVIEWS)
        changes = {"reviewer": [reviewer.pk, None]}
        journal(verb="remove_reviewer", target=reviewer.call, changes=changes, by=by, at=at)
        reviewer.delete()


def pledge(*, reviewer: Reviewer, by: User, at: datetime) -> Reviewer:
    """Promise to keep what is read to oneself; once is enough. Raises CallRefused: somebody else's promise."""
    if reviewer.user_id != by.pk:
        raise CallRefused(phrases.NOT_JUROR)
    with transaction.atomic():
        if Reviewer.objects.filter(pk=reviewer.pk, pledged_at=None).update(pledged_at=at):
            journal(verb="pledge", target=reviewer, changes={"pledged_at": [None, at.isoformat()]}, by=by, at=at)
    reviewer.refresh_from_db()
    return reviewer


def remind_reviewers(*, at: datetime) -> int:
    """Write to jurors who have files to read some days before the committee; once for a call. How many letters."""
    days = terms.review("review_reminder_days", timezone.localdate(at))
    told = 0
    for one in reviewers_to_remind(timezone.localdate(at), timedelta(days=days)):
        with transaction.atomic():
            Reviewer.objects.select_for_update().get(pk=one.pk)
            done = JournalEntry.objects.filter(
                object_type=one._meta.label_lower, object_id=one.pk, verb="remind_reviewer"
            )
            if done.exists():
                continue
            journal(verb="remind_reviewer", target=one, changes={}, by=None, at=at)
            outbox.post(kind="calls.jury_due", to=one.user, about=one, at=at)  # type: ignore[arg-type]  # the query
            told += 1
    return told
