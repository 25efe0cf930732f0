"""Say a need, join one, confirm one's address, stop hearing of it.

Words: an address *counts* once a letter confirmed it; the need itself waits for nobody but an agent's reading.
Neighbours: the letters are in `notices`, the clicks in `clicks`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.kernel.dated import dated_value
from maillage.kernel.text import spoken_code
from maillage.needs import phrases
from maillage.needs.actions.refusal import NeedRefused
from maillage.needs.enums import Audience, Channel, Reading
from maillage.needs.likeness import roots_of
from maillage.needs.models import LONGEST, Need, Voice
from maillage.outbox import actions as outbox
from maillage.space.models import Membership
from maillage.territories.models import Commune

RULES = Path(__file__).parent.parent / "data/rules.json"


def say_need(
    *,
    words: str,
    at: datetime,
    audience: Audience = Audience.EVERYBODY,
    commune: Commune | None = None,
    channel: Channel = Channel.WEB,
    email: str = "",
    user: User | None = None,
    organisation: Organisation | None = None,
    noted_by: User | None = None,
    has_consent: bool = False,
    is_example: bool = False,
) -> Need:
    """Keep what somebody lacks until an agent reads it; an address is asked to confirm itself.

    commune: None means everywhere. user, email: who says it; neither, nobody is written to. noted_by: the agent or
    liaison officer who enters it for somebody else, with has_consent. Raises NeedRefused.
    """
    said = _checked(words, channel=channel, has_consent=has_consent)
    if organisation is not None and noted_by is None and not _is_of(user, organisation):
        raise NeedRefused(phrases.NOT_YOURS, "organisation")
    is_for_another = channel != Channel.WEB
    with transaction.atomic():
        need = Need.objects.create(
            reference=spoken_code(8), words=said, stems=roots_of(said), audience=audience, commune=commune,
            channel=channel, organisation=organisation, said_at=at, is_example=is_example,
            consent_at=at if is_for_another else None, consent_by=noted_by if is_for_another else None,
        )  # fmt: skip
        _speak(need, user=user, email=email, at=at, is_author=True)
        changes = {"channel": [None, str(channel)], "consent": [None, is_for_another]}
        journal(verb="say_need", target=need, changes=changes, by=noted_by or user, at=at)
    return need


def _checked(words: str, *, channel: Channel, has_consent: bool) -> str:
    said = words.strip().replace("\r\n", "\n")
    if not said:
        raise NeedRefused(phrases.EMPTY, "words")
    if len(said) > LONGEST:
        raise NeedRefused(phrases.TOO_LONG, "words")
    if channel != Channel.WEB and not has_consent:
        raise NeedRefused(phrases.NO_CONSENT, "has_consent")
    return said


def _is_of(user: User | None, organisation: Organisation) -> bool:
    return user is not None and Membership.objects.filter(user=user, organisation=organisation).exists()


def join_need(*, need: Need, at: datetime, email: str = "", user: User | None = None) -> Voice:
    """Say « moi aussi » to a published need. Twice by the same person is one voice, asked again to confirm itself.

    Raises NeedRefused (not published any more, neither account nor address, an address no letter can reach).
    """
    if user is None and not email.strip():
        raise NeedRefused(phrases.NO_ADDRESS, "email")
    with transaction.atomic():
        held = Need.objects.select_for_update().filter(pk=need.pk, reading=Reading.PUBLISHED).first()
        if held is None:
            raise NeedRefused(phrases.NOT_PUBLISHED)
        return _speak(held, user=user, email=email, at=at, is_author=False)


def _speak(need: Need, *, user: User | None, email: str, at: datetime, is_author: bool) -> Voice:
    """One voice for this need; an account is known already, an address is asked."""
    address = "" if user is not None else email.strip().lower()
    who = {"user": user} if user is not None else {"email": address}
    known = None if user is None and not address else Voice.objects.filter(need=need, **who).first()
    voice = known or Voice.objects.create(
        need=need, user=user, email=address, is_author=is_author, said_at=at,
        confirmed_at=at if user is not None else None,
    )  # fmt: skip
    if address and voice.confirmed_at is None:
        try:
            outbox.post(kind="needs.confirm", to=address, about=voice, at=at)
        except outbox.AddressRefused as error:
            raise NeedRefused(outbox.AddressRefused.phrase, "email") from error
    return voice


def confirm_need(*, voice: Voice, at: datetime) -> Voice:
    """The address is theirs: it counts, and hears of each turn. Twice does no harm; raises NeedRefused when gone."""
    with transaction.atomic():
        held = Voice.objects.select_for_update(of=("self",)).select_related("need").filter(pk=voice.pk).first()
        if held is None or not held.email:
            raise NeedRefused(phrases.GONE)
        if held.confirmed_at is None:
            held.confirmed_at = at
            held.save(update_fields=["confirmed_at"])
            journal(verb="confirm_need", target=held.need, changes={"voice": [None, held.pk]}, by=None, at=at)
    return held


def stop_following(*, voice: Voice, at: datetime) -> None:
    """No more letters about this need; the voice still counts. Twice does no harm."""
    Voice.objects.filter(pk=voice.pk, stopped_at__isnull=True).update(stopped_at=at)


def forget_unconfirmed(*, at: datetime) -> int:
    """Forget the addresses that nobody confirmed in time: a need stays without its author, a « moi aussi » goes."""
    limit = at - timedelta(days=dated_value(RULES, "needs.confirm_days", on=timezone.localdate(at)))
    over = Voice.objects.filter(confirmed_at__isnull=True, said_at__lt=limit).exclude(email="")
    with transaction.atomic():
        return over.filter(is_author=True).update(email="") + over.filter(is_author=False).delete()[0]
