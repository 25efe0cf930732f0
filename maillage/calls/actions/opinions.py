"""Note what the committee says of an application, before the deciding body does.

Words: the *last* opinion is the one that counts; those before are kept. Neighbour: the room above decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.calls.actions.moving import move_application
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.actions.seen import hold
from maillage.calls.enums import ApplicationState, Sense
from maillage.calls.models import Application, Opinion
from maillage.calls.phrases import review as phrases
from maillage.governance.models import Meeting
from maillage.kernel.actions import journal
from ui import french

WITH_MONEY = (Sense.FAVOURABLE, Sense.RESERVED)


@dataclass(frozen=True)
class Said:
    """What the committee said. proposed: euros, None when it proposes none; given_on: Paris date."""

    sense: Sense
    given_on: date
    words: str = ""
    proposed: Decimal | None = None
    meeting: Meeting | None = None


def give_opinion(*, application: Application, said: Said, by: User, at: datetime) -> Opinion:
    """Keep the opinion; the application is in the state « avis rendu ». Said again word for word, it
    is kept once. Raises CallRefused.

    by: who notes it; somebody who stays away from the application does not.
    """
    if said.sense != Sense.FAVOURABLE and not said.words.strip():
        raise CallRefused(phrases.SAY_OPINION, "words")
    if said.given_on > timezone.localdate(at):
        raise CallRefused(phrases.IN_THE_FUTURE, "given_on")
    with transaction.atomic():
        row = hold(application, by=by)
        last = row.opinions.order_by("-given_on", "-pk").first()
        if last is not None and _same(last, said):  # the page was sent twice
            return last
        _check_amount(row, said)
        move_application(application=row, to=ApplicationState.OPINION, by=by, at=at)
        made = Opinion.objects.create(
            application=row, sense=said.sense, words=said.words.strip(), proposed=said.proposed, meeting=said.meeting,
            given_on=said.given_on, at=at, by=by,
        )  # fmt: skip
        journal(verb="give_opinion", target=row, changes={"opinion": [None, made.pk]}, by=by, at=at)
    return made


def _same(last: Opinion, said: Said) -> bool:
    told = (said.sense, said.words.strip(), said.proposed, said.given_on, said.meeting)
    return (last.sense, last.words, last.proposed, last.given_on, last.meeting) == told


def _check_amount(row: Application, said: Said) -> None:
    if said.sense in WITH_MONEY and not said.proposed:
        raise CallRefused(phrases.NO_AMOUNT, "proposed")
    if said.sense not in WITH_MONEY and said.proposed is not None:
        raise CallRefused(phrases.NO_MONEY, "proposed")
    if said.proposed is not None and row.requested is not None and said.proposed > row.requested:
        raise CallRefused(phrases.TOO_MUCH.format(most=french.euros(row.requested)), "proposed")
