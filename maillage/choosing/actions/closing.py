"""Count, decide, cancel."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from maillage.accounts.models import User
from maillage.choosing import phrases
from maillage.choosing.actions.ground import ConsultationRefused, locked
from maillage.choosing.actions.themes import settle_themes
from maillage.choosing.enums import Followed, Phase, State
from maillage.choosing.models import Ballot, College, CollegeFollowing, Consultation
from maillage.choosing.queries.counting import count, votes_shown_by_college
from maillage.choosing.voices import mailboxes_of, people_of, told_of
from maillage.kernel.actions import journal
from maillage.outbox import actions as outbox
from maillage.outbox.models import Mailbox


def close(*, consultation: Consultation, by: User | None, at: datetime) -> Consultation:
    """Count all ballots, keep the result, and tell the electors. Raises ConsultationRefused.

    Before `paper_until`, sheets that wait for their second person keep it open; after, they are left out and said so.
    """
    with transaction.atomic():
        kept = locked(consultation)
        if kept.state != State.OPEN:
            raise ConsultationRefused(phrases.NOT_OPEN)
        if kept.phase_at(at) != Phase.COUNTING:
            raise ConsultationRefused(phrases.NOT_OVER)
        left = kept.papers.filter(counted_at=None).count()
        if left and at < kept.paper_until:
            raise ConsultationRefused(phrases.papers_wait(kept.paper_until))
        if kept.is_secret:
            _shuffle(kept)
        kept.result = {**count(kept), "left_papers": left, "colleges_shown": votes_shown_by_college(kept, at)}
        kept.state, kept.closed_at, kept.changed_at = State.CLOSED, at, at
        kept.save(update_fields=["state", "closed_at", "changed_at", "result"])
        for person in people_of(kept):
            key = f"choosing.result:{kept.pk}:{person.pk}"
            outbox.post(kind="choosing.result", to=person, about=kept, at=at, once_key=key)
        for mailbox in mailboxes_of(kept):
            key = f"choosing.result:{kept.pk}:mailbox-{mailbox.pk}"
            outbox.post(kind="choosing.result", to=mailbox, about=kept, at=at, once_key=key)
        ballots = kept.result["tally"]["whole"]["ballots"]
        journal(verb="close", target=kept, changes={"ballots": [None, ballots]}, by=by, at=at)
    return kept


def _shuffle(consultation: Consultation) -> None:
    """Write the ballots down again in the order of their drawn numbers: where a row lies tells nothing any more."""
    ballots = list(consultation.ballots.order_by("pk"))
    consultation.ballots.all().delete()
    Ballot.objects.bulk_create(ballots, batch_size=500)


def close_due(*, at: datetime) -> int:
    """Close all whose typing of paper is over; how many. A colleague who closes meanwhile does no harm."""
    done = 0
    for one in Consultation.objects.filter(state=State.OPEN, paper_until__lte=at).order_by("paper_until", "pk"):
        try:
            close(consultation=one, by=None, at=at)
        except ConsultationRefused:
            continue
        done += 1
    return done


def decide(
    *, consultation: Consultation, decision: str, followings: Mapping[str, tuple[str, str]], by: User | None,
    at: datetime, chosen: Collection[str] = (),
) -> Consultation:  # fmt: skip
    """Write what is decided, and how each college was followed: {college: (Followed, why)}; chosen: letters kept.

    Themes that were voted hear whether they are chosen, with the decision as the reason.

    Compulsory for each college whose result differs from the whole, when results are shown by college; a reason for
    each that is not wholly followed. Raises ConsultationRefused, with the college's key as field.
    """
    if not decision.strip():
        raise ConsultationRefused(phrases.DECISION_WANTED, "decision")
    with transaction.atomic():
        kept = locked(consultation)
        if kept.state != State.CLOSED or kept.result is None:
            raise ConsultationRefused(phrases.NOT_CLOSED)
        colleges = {college.key: college for college in kept.colleges.order_by("pk")}
        differ = kept.result["tally"]["differ"] if kept.result["colleges_shown"] else []
        for key in differ:
            if not followings.get(key, ("", ""))[0]:
                raise ConsultationRefused(phrases.FOLLOWING_WANTED.format(college=colleges[key]), key)
        CollegeFollowing.objects.bulk_create(_followings(colleges, followings))
        letters = set(kept.options.values_list("letter", flat=True))
        if set(chosen) - letters:
            raise ConsultationRefused(phrases.WRONG_CHOICE, "chosen")
        kept.options.filter(letter__in=list(chosen)).update(is_chosen=True)
        settle_themes(kept, chosen=chosen, reason=decision.strip(), by=by, at=at)
        kept.state, kept.decision, kept.decided_at, kept.changed_at = State.DECIDED, decision.strip(), at, at
        kept.save(update_fields=["state", "decision", "decided_at", "changed_at"])
        journal(verb="decide", target=kept, changes={"decision": [None, kept.decision]}, by=by, at=at)
    return kept


def _followings(colleges: Mapping[str, College], given: Mapping[str, tuple[str, str]]) -> list[CollegeFollowing]:
    made = []
    for key, (followed, why) in given.items():
        if not followed:
            continue
        if key not in colleges or followed not in Followed.values:
            raise ConsultationRefused(phrases.WRONG_COLLEGE, key)
        if followed != Followed.YES and not why.strip():
            raise ConsultationRefused(phrases.WHY_WANTED.format(college=colleges[key]), key)
        made.append(CollegeFollowing(college=colleges[key], followed=followed, why=why.strip()))
    return made


def _tell_cancelled(consultation: Consultation, reader: User | Mailbox, at: datetime) -> None:
    try:
        mailbox = outbox.mailbox_for(reader, at=at)
    except outbox.AddressRefused:  # an account whose address takes no letter any more
        return
    key = f"choosing.cancelled:{consultation.pk}:{mailbox.pk}"
    outbox.post(kind="choosing.cancelled", to=mailbox, about=consultation, at=at, once_key=key)


def cancel(*, consultation: Consultation, reason: str, by: User | None, at: datetime) -> Consultation:
    """Give it up before its result, for a reason that everybody reads. Raises ConsultationRefused.

    Whoever voted or was invited by letter is told, once, with the reason; whoever never heard of it is left in peace.
    """
    if not reason.strip():
        raise ConsultationRefused(phrases.CANCEL_REASON_WANTED, "reason")
    with transaction.atomic():
        kept = locked(consultation)
        if kept.state not in {State.DRAFT, State.OPEN}:
            raise ConsultationRefused(phrases.CANNOT_CANCEL)
        before, kept.state = kept.state, State.CANCELLED
        kept.cancel_reason, kept.changed_at = reason.strip()[:300], at
        kept.save(update_fields=["state", "cancel_reason", "changed_at"])
        if before == State.OPEN:
            for reader in told_of(kept):
                _tell_cancelled(kept, reader, at)
            settle_themes(kept, chosen=(), reason=phrases.CANCELLED_VOTE.format(reason=reason.strip()), by=by, at=at)
        journal(verb="cancel", target=kept, changes={"state": [before, kept.state]}, by=by, at=at)
    return kept
