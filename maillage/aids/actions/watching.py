"""Keep a search of aids, confirm one's address, stop it; tell each reader of the new aids that their searches find.

Words: an aid is *new* to a watch when it entered the catalogue after the watch was kept. It is told once to a person,
however many of their searches find it: the letter's own once_key says so. Neighbours: letters are in `notices`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from maillage.accounts.models import User
from maillage.aids import phrases
from maillage.aids.actions.refusal import AidRefused
from maillage.aids.enums import DAYS_OF_PACE, Pace
from maillage.aids.models import Watch
from maillage.aids.queries.published import Asked, found
from maillage.kernel.actions import journal
from maillage.kernel.dated import dated_value
from maillage.outbox import actions as outbox
from maillage.outbox.models import Letter

RULES = Path(__file__).parent.parent / "data/rules.json"
# Letters leave some minutes later than they were due: without slack each turn would come a day late.
_SLACK = timedelta(hours=2)
# Older ones are news no more; letters that told them may be gone (a year), so that nothing else would say it.
NEW_FOR = timedelta(days=300)
# What a person can read in one letter; the rest follows at the next turn.
MOST_AT_ONCE = 8


def keep_watch(
    *, asked: str, pace: Pace, at: datetime, user: User | None = None, email: str = "", is_example: bool = False
) -> Watch:
    """Keep a search for an account or an address; the latter is asked to confirm itself.

    asked: end of an address of the list, read anew so that only what it knows is kept. The same search kept twice is
    one, at the new pace. Raises AidRefused without a reader, or for an address that no letter can reach.
    """
    address = "" if user is not None else email.strip().lower()
    if user is None and not address:
        raise AidRefused(phrases.NO_READER, "email")
    key = Asked.read(asked).address
    with transaction.atomic():
        who = {"user": user} if user is not None else {"email": address}
        watch, is_new = Watch.objects.get_or_create(
            **who, asked=key,
            defaults={
                "pace": pace, "made_at": at, "confirmed_at": at if user is not None else None, "is_example": is_example,
            },
        )  # fmt: skip
        if not is_new and (watch.pace != pace or watch.stopped_at is not None):
            # Somebody else may have typed the address: what was stopped waits for its letter again.
            watch.made_at = at if watch.stopped_at is not None else watch.made_at
            watch.confirmed_at = (
                at if user is not None else None if watch.stopped_at is not None else watch.confirmed_at
            )
            watch.pace, watch.stopped_at = pace, None
            watch.save(update_fields=["pace", "made_at", "confirmed_at", "stopped_at"])
        if watch.confirmed_at is None:
            try:
                outbox.post(kind="aids.confirm", to=address, about=watch, at=at)
            except outbox.AddressRefused as error:
                raise AidRefused(outbox.AddressRefused.phrase, "email") from error
        journal(verb="keep_watch", target=watch, changes={"asked": [None, key]}, by=user, at=at)
    return watch


def confirm_watch(*, watch: Watch, at: datetime) -> Watch:
    """The address is theirs. Twice does no harm; raises AidRefused when the search is gone."""
    with transaction.atomic():
        held = Watch.objects.select_for_update(of=("self",)).filter(pk=watch.pk, stopped_at__isnull=True).first()
        if held is None:
            raise AidRefused(phrases.WATCH_GONE)
        if held.confirmed_at is None:
            held.confirmed_at = at
            held.save(update_fields=["confirmed_at"])
            journal(verb="confirm_watch", target=held, changes={"confirmed_at": [None, at.isoformat()]}, by=None, at=at)
    return held


def stop_watch(*, watch: Watch, at: datetime) -> None:
    """No more letters for this search. Twice does no harm."""
    Watch.objects.filter(pk=watch.pk, stopped_at__isnull=True).update(stopped_at=at)


def forget_unconfirmed(*, at: datetime) -> int:
    """Forget the addresses that nobody confirmed in time."""
    limit = at - timedelta(days=dated_value(RULES, "aids.confirm_days", on=timezone.localdate(at)))
    return Watch.objects.filter(confirmed_at__isnull=True, made_at__lt=limit).delete()[0]


def tell_new_aids(*, at: datetime) -> tuple[int, int]:
    """Tell each reader whose turn has come of the new aids; (readers, letters). Twice at once tells nothing more."""
    readers, letters = set[int](), 0
    for watch in list(_due(at)):
        with transaction.atomic():
            count, mailbox = _tell(watch, at)
        letters += count
        readers |= {mailbox} if count else set()
    return len(readers), letters


def _due(at: datetime) -> Any:
    turn = Q(told_at__isnull=True)
    for pace, days in DAYS_OF_PACE.items():
        turn |= Q(pace=pace, told_at__lte=at - timedelta(days=days) + _SLACK)
    live = Watch.objects.filter(turn, confirmed_at__isnull=False, stopped_at__isnull=True, made_at__lte=at)
    return live.filter(Q(user__isnull=True) | Q(user__is_active=True)).select_related("user").order_by("pk")


def _tell(watch: Watch, at: datetime) -> tuple[int, int]:
    Watch.objects.filter(pk=watch.pk).update(told_at=at)
    try:
        mailbox = outbox.mailbox_for(watch.user or watch.email, at=at)
    except outbox.AddressRefused:  # it could be written to when it was confirmed, and cannot any more
        return 0, 0
    known = Letter.objects.filter(mailbox=mailbox, kind="aids.new").values("object_id")
    new = found(Asked.read(watch.asked), on=timezone.localdate(at)).filter(
        first_seen_at__gt=max(watch.made_at, at - NEW_FOR), first_seen_at__lte=at
    )
    rows = new.exclude(pk__in=known).order_by(F("deadline_date").asc(nulls_last=True), "pk")[:MOST_AT_ONCE]
    told = 0
    for aid in rows:
        key = f"aids.new:{aid.pk}:{mailbox.pk}"
        letter = outbox.post(kind="aids.new", to=mailbox, about=aid, facts={"watch": watch.pk}, at=at, once_key=key)
        told += letter.created_at == at
    return told, mailbox.pk
