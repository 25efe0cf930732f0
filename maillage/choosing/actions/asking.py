"""An inhabitant asks for a ballot: a letter to the address that was typed, whose link opens it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maillage.choosing import phrases
from maillage.choosing.actions.casting import CastRefused, check_moment
from maillage.choosing.models import Consultation
from maillage.outbox import actions as outbox


def ask_for_a_ballot(*, consultation: Consultation, address: str, at: datetime) -> None:
    """Post the letter; nothing is written of the address here. Raises CastRefused (no such college, not now, address).

    The answer is the same whether the address voted already or not: its link opens what it has.
    """
    with transaction.atomic():
        kept = Consultation.objects.get(pk=consultation.pk)
        check_moment(kept, at)
        if not kept.colleges.filter(is_open=True).exists():
            raise CastRefused(phrases.NO_OPEN_COLLEGE)
        try:
            outbox.post(kind="choosing.ballot", to=address, about=kept, at=at)
        except outbox.AddressRefused as error:
            raise CastRefused(outbox.AddressRefused.phrase) from error
