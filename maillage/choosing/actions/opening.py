"""Open a consultation: who votes is frozen, and each of them is written to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.choosing import phrases
from maillage.choosing.actions.ground import ConsultationRefused, locked
from maillage.choosing.actions.themes import themes_to_the_vote
from maillage.choosing.enums import State, VoiceKind
from maillage.choosing.models import College, Consultation, Elector
from maillage.choosing.voices import people_of
from maillage.kernel.actions import journal
from maillage.kernel.dated import dated_value
from maillage.kernel.registry import Electorate, Voice, electorates
from maillage.outbox import actions as outbox

RULES = Path(__file__).parent.parent / "data/rules.json"


def open_consultation(*, consultation: Consultation, by: User | None, at: datetime) -> Consultation:
    """Freeze the electorate as of the day of `at`; votes are taken from `opens_at`. Letters leave then.

    Raises ConsultationRefused: no draft, its end is past, nobody could vote.
    """
    with transaction.atomic():
        kept = locked(consultation)
        if kept.state != State.DRAFT:
            raise ConsultationRefused(phrases.NOT_A_DRAFT)
        if kept.closes_at <= at:
            raise ConsultationRefused(phrases.ENDS_IN_THE_PAST)
        asked = [one for key, one in electorates().items() if key in kept.electorates]
        voices = _freeze(kept, asked, at)
        kept.state, kept.opened_at, kept.changed_at = State.OPEN, at, at
        kept.save(update_fields=["state", "opened_at", "changed_at"])
        _write_to_electors(kept, [*people_of(kept), *sorted({one.address for one in voices if one.address})], at)
        themes_to_the_vote(kept, by=by, at=at)
        journal(verb="open", target=kept, changes={"electors": [None, len(voices)]}, by=by, at=at)
    return kept


def _freeze(consultation: Consultation, asked: list[Electorate], at: datetime) -> list[Voice]:
    """Write colleges and electors; the voices. The first list that names a voice keeps it."""
    voices: dict[str, Voice] = {}
    for one in asked:
        for voice in one.voices(timezone.localdate(at)):
            voices.setdefault(voice.key, voice)
    named = [(voice.college, False) for voice in voices.values()]
    named += [(one.open_college, True) for one in asked if one.open_college]
    if not named:
        raise ConsultationRefused(phrases.NOBODY_VOTES)
    colleges: dict[str, College] = {}
    for (key, label), is_open in named:
        if key not in colleges:
            colleges[key] = College.objects.create(consultation=consultation, key=key, label=label, is_open=is_open)
    Elector.objects.bulk_create(_electors(consultation, colleges, voices), batch_size=500)
    return list(voices.values())


def _electors(consultation: Consultation, colleges: dict[str, College], voices: dict[str, Voice]) -> Iterator[Elector]:
    for voice in voices.values():
        kind = VoiceKind.ADDRESS if voice.address else VoiceKind.MANDATE
        kind = kind if voice.organisation_id is None else VoiceKind.ORGANISATION
        yield Elector(
            consultation=consultation, college=colleges[voice.college[0]], kind=kind, key=voice.key, label=voice.label,
            organisation_id=voice.organisation_id, user_id=voice.user_id,
        )  # fmt: skip


def _write_to_electors(consultation: Consultation, readers: list[User | str], at: datetime) -> None:
    """One letter to each person at the opening, one before the end; one that has nothing to say does not leave."""
    opens_at = max(at, consultation.opens_at)
    days = dated_value(RULES, "choosing.reminder_days", on=timezone.localdate(at))
    reminds_at = consultation.closes_at - timedelta(days=days)
    for reader in readers:
        try:
            mailbox = outbox.mailbox_for(reader, at=at)
        except outbox.AddressRefused:  # an address that took letters once and does not any more
            continue
        reader_key = reader.pk if isinstance(reader, User) else f"mailbox-{mailbox.pk}"
        for kind, due_at in (("choosing.open", opens_at), ("choosing.reminder", reminds_at)):
            if kind == "choosing.open" or due_at > opens_at + timedelta(days=1):
                outbox.post(
                    kind=kind, to=mailbox, about=consultation, at=at, due_at=due_at,
                    once_key=f"{kind}:{consultation.pk}:{reader_key}",
                )  # fmt: skip
