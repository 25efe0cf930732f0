"""The example world of the space: liaison officers, one suggestion that waits, one letter that asks, by the verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from maillage.accounts.actions import delegate, describe_mandate, give_mandate, open_account
from maillage.accounts.enums import Role
from maillage.accounts.models import User
from maillage.directory.facts import facts_of
from maillage.directory.models import Organisation
from maillage.kernel.text import fold
from maillage.outbox import actions as outbox
from maillage.outbox.enums import Frequency, Weekday
from maillage.space import actions
from maillage.space.models import MissingActor, Suggestion
from maillage.space.notices_freshness import KIND, LADDER
from maillage.space.queries_officers import seats

OFFICERS = ("Rachid", "Salima", "Jeanne")
HOURS = "Tu-Sa 09:00-12:00,14:00-18:00"


def plant_answers(profile: str, at: datetime, say: Callable[[str], None]) -> dict[str, int]:
    """Twice without harm: what is there stays."""
    officers = _officers(at)
    examples = Organisation.objects.published().filter(is_example=True).order_by("pk")
    asked, corrected = examples.order_by("verified_at", "pk").first(), examples.exclude(activities="")[1:2].first()
    if asked is None or corrected is None:
        return {"référentes et référents": officers}
    _ask(asked, at)
    return {
        "référentes et référents": officers, "propositions": _propose(corrected, at), "fiches à confirmer": 1,
        "structures proposées": _propose_missing(at),
    }  # fmt: skip


def _officers(at: datetime) -> int:
    """One for each CC of the territory, with a telephone that nobody has; Jeanne is away, Rachid stands in for her."""
    given, today = 0, timezone.localdate(at)
    for seat, name in zip(seats(today), OFFICERS, strict=False):
        if seat.mandates:
            continue
        email = f"{fold(name)}@exemple.maillage.test"
        user = User.objects.filter(email=email, is_example=True).first() or open_account(
            email=email, first_name=name, last_name="(référente)", is_example=True, by=None, at=at
        )
        mandate = give_mandate(user=user, role=Role.LIAISON_OFFICER, epci=seat.epci, start_date=today, by=None, at=at)
        describe_mandate(
            mandate=mandate, phone="03 00 00 00 00", by=user, at=at,
            how_to_reach="Le mardi après-midi au siège (donnée d’exemple)",
        )  # fmt: skip
        given += 1
    if given:
        _stand_in(at)
    return given


def _stand_in(at: datetime) -> None:
    people = {one.first_name: one for one in User.objects.filter(is_example=True, first_name__in=OFFICERS)}
    if {"Rachid", "Jeanne"} <= people.keys():
        start = timezone.localdate(at)
        giver, taker = people["Jeanne"], people["Rachid"]
        delegate(giver=giver, taker=taker, start_date=start, end_date=start + timedelta(days=13), by=giver, at=at)


def _propose(organisation: Organisation, at: datetime) -> int:
    if Suggestion.objects.filter(organisation=organisation).exists():
        return 0
    actions.propose(
        organisation=organisation,
        facts={"place.opening_hours": HOURS, "phone": "03 00 00 00 00"},
        seen=facts_of(organisation),
        note="J’y suis passée samedi\u00a0: c’est ouvert toute la journée, et le numéro a changé.",
        name="Chloé (exemple)",
        email="chloe@exemple.maillage.test",
        at=at,
    )
    return 1


def _propose_missing(at: datetime) -> int:
    """An organisation of the first CC, which its liaison officer decides."""
    held = [seat for seat in seats(timezone.localdate(at)) if seat.mandates and seat.communes]
    if not held or MissingActor.objects.filter(is_example=True).exists():
        return 0
    actions.propose_missing(
        commune=held[0].communes[0],
        facts={
            "name": "Les Vélos du canal (exemple)",
            "activities": "Elle répare des vélos et apprend à le faire, le samedi matin.",
            "website": "https://velos.exemple.maillage.test/",
        },
        how_known="J’y ai fait réparer le mien (donnée d’exemple).",
        name="Chloé (exemple)",
        email="chloe@exemple.maillage.test",
        is_example=True,
        at=at,
    )
    return 1


def _ask(organisation: Organisation, at: datetime) -> None:
    """The letter of one example sheet, to the example person of organisations."""
    alice = User.objects.filter(email="alice@exemple.maillage.test", is_example=True).first()
    if alice is not None:
        # At once, so that the mailbox of the demonstration shows it today.
        outbox.set_preferences(
            mailbox=outbox.mailbox_for(alice, at=at), frequency=Frequency.AT_ONCE, day=Weekday.TUESDAY,
            blocked_subjects=(), by=None, at=at,
        )  # fmt: skip
        facts = {"asked_at": at.isoformat()}
        outbox.post(
            kind=KIND, to=alice, about=organisation, facts=facts, at=at, once_key=f"seed:freshness:{organisation.pk}"
        )
        outbox.open_climb(ladder=LADDER, about=organisation, to=alice, at=at, facts=facts)
