"""Cast a ballot, or change it.

Time is not an argument here: whether a vote is in time is read from the server's clock **under the lock** of the
consultation, after waiting for whoever closes it. `clock` is for seeds and tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.choosing import content as contents
from maillage.choosing import phrases, receipts
from maillage.choosing.actions.ground import ConsultationRefused, locked
from maillage.choosing.enums import Channel, Phase, VoiceKind
from maillage.choosing.models import Ballot, College, Consultation, Elector
from maillage.choosing.voices import address_key
from maillage.kernel.actions import journal
from maillage.outbox.addresses import normalise

Clock = Callable[[], datetime]
REFUSED_IN = {
    Phase.DRAFT: phrases.NOT_YET,
    Phase.TO_COME: phrases.NOT_YET,
    Phase.CANCELLED: phrases.CANCELLED,
}


class CastRefused(ConsultationRefused):
    """No ballot was written or changed; `field` is the letter of an option, or ""."""


def cast(
    *, elector: Elector, content: Mapping[str, Any], code: str, by: User | None, receipt: str = "",
    clock: Clock = timezone.now,
) -> Ballot:  # fmt: skip
    """Put this voice's ballot in the place of the one before; the last one counts.

    content: as `content.checked` reads it; code: a drawn receipt code, which is the ballot's from now on, and makes
    the same form sent twice one ballot; receipt: for a secret vote that changes, the code of its ballot, which stays.
    Who may cast for the voice is asked before (`rules.may_cast`). Raises CastRefused.
    """
    with transaction.atomic():
        kept = locked(elector.consultation)
        at = clock()
        check_moment(kept, at)
        clean = checked(kept, content)
        voice = Elector.objects.filter(consultation=kept, pk=elector.pk).select_related("college").first()
        if voice is None:
            raise CastRefused(phrases.NOT_A_VOICE)
        if kept.is_secret:
            return _cast_in_secret(kept, voice, clean, code, receipt)
        ballot = put_ballot(kept, voice, clean, code=code, channel=Channel.WEB, at=at)
        journal(verb="cast", target=voice, changes={}, by=by, at=at)
    return ballot


def cast_by_address(
    *, consultation: Consultation, address: str, content: Mapping[str, Any], code: str, receipt: str = "",
    clock: Clock = timezone.now,
) -> Ballot:  # fmt: skip
    """The same for whoever holds a confirmed address: the voice that the list gives it, else one that enters the open
    college with its first ballot.

    Raises CastRefused; AddressRefused for what is no address.
    """
    normal = normalise(address)
    with transaction.atomic():
        kept = locked(consultation)
        check_moment(kept, clock())
        if listed := Elector.objects.filter(consultation=kept, key=address_key(normal)).first():
            return cast(elector=listed, content=content, code=code, by=None, receipt=receipt, clock=clock)
        college = kept.colleges.filter(is_open=True).first()
        if college is None:
            raise CastRefused(phrases.NO_OPEN_COLLEGE)
        if Elector.objects.filter(consultation=kept, user__email__iexact=normal).exists():
            raise CastRefused(phrases.VOTES_ALREADY_AS)
        elector, _ = Elector.objects.get_or_create(
            consultation=kept, key=address_key(normal), defaults={"college": college, "kind": VoiceKind.ADDRESS}
        )
        return cast(elector=elector, content=content, code=code, by=None, receipt=receipt, clock=clock)


def check_moment(consultation: Consultation, at: datetime) -> None:
    """May one vote at this moment? Raises CastRefused, which says why not."""
    phase = consultation.phase_at(at)
    if phase != Phase.OPEN:
        raise CastRefused(REFUSED_IN.get(phase, phrases.TOO_LATE))


def checked(consultation: Consultation, content: Mapping[str, Any]) -> dict[str, Any]:
    """The ballot in its one form. Raises CastRefused."""
    letters = list(consultation.options.order_by("letter").values_list("letter", flat=True))
    try:
        return contents.checked(consultation.method, content, options=letters, dots=consultation.dots or 0)
    except contents.ContentRefused as refusal:
        raise CastRefused(refusal.phrase, refusal.option) from refusal


def put_ballot(
    consultation: Consultation, voice: Elector, clean: dict[str, Any], *, code: str, channel: Channel, at: datetime
) -> Ballot:
    """Write or replace the ballot of a voice whose vote is not secret, under the lock. Raises CastRefused."""
    facts = {
        "consultation": consultation, "college": voice.college, "content": clean, "channel": channel,
        "receipt_digest": receipts.digest(code), "cast_at": at,
    }  # fmt: skip
    try:
        with transaction.atomic():
            ballot, _ = Ballot.objects.update_or_create(elector=voice, defaults=facts)
    except IntegrityError as error:
        raise CastRefused(phrases.RECEIPT_TAKEN) from error
    Elector.objects.filter(pk=voice.pk, has_voted=False).update(has_voted=True)
    return ballot


def _cast_in_secret(
    consultation: Consultation, voice: Elector, clean: dict[str, Any], code: str, receipt: str
) -> Ballot:
    """Tick the voice and drop a ballot that nothing links to it; changed with its receipt only. Nothing is journalled:
    the order of acts would tell what the ballot does not."""
    if Elector.objects.filter(pk=voice.pk, has_voted=False).update(has_voted=True):
        return drop_secret(consultation, voice.college, clean, code=code, channel=Channel.WEB)
    # The same form sent twice comes with the code of the ballot that it made.
    known = Ballot.objects.filter(
        consultation=consultation, college=voice.college, receipt_digest=receipts.digest(receipt or code)
    ).first()
    if known is None:
        raise CastRefused(phrases.RECEIPT_UNKNOWN if receipt else phrases.VOTED_UNLINKED, "receipt")
    known.content = clean
    known.save(update_fields=["content"])
    return known


def drop_secret(
    consultation: Consultation, college: College, clean: dict[str, Any], *, code: str, channel: Channel
) -> Ballot:
    """A ballot in the urn of its college. Raises CastRefused when the code is another's."""
    try:
        with transaction.atomic():
            return Ballot.objects.create(
                consultation=consultation, college=college, is_secret=True, content=clean, channel=channel,
                receipt_digest=receipts.digest(code),
            )  # fmt: skip
    except IntegrityError as error:
        raise CastRefused(phrases.RECEIPT_TAKEN) from error
