"""Ask a colleague to take one's place while one is away, and take it back.

Words: the *giver* is away, the *taker* stands in. Rights follow from `rules.roles_of`, day by day.
Neighbours: the outbox hears `signals.delegated` and writes to the taker.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from maillage.accounts import rules
from maillage.accounts.actions.refusal import PersonRefused
from maillage.accounts.enums import COLLEAGUES, HANDED_OVER
from maillage.accounts.models import Delegation, User
from maillage.accounts.signals import delegated
from maillage.accounts.terms import longest_delegation_days
from maillage.kernel.actions import journal
from ui import french

NOTHING_TO_HAND_OVER = "Aucun mandat d’agent ou de référent ne court pour vous à partir de ce jour : rien à confier."
NOT_A_COLLEAGUE = (
    "Cette personne n’a pas de mandat dans l’équipe du territoire ce jour-là : choisissez quelqu’un d’autre."
)


def delegate(*, giver: User, taker: User, start_date: date, end_date: date, by: User, at: datetime) -> Delegation:
    """Let a colleague act in one's place, from a day to another, both included; they are told by letter.

    Raises PersonRefused: nothing to hand over, not a colleague, days in the past, too long, or already handed over.
    """
    with transaction.atomic():
        # The giver's row is locked: two requests at once cannot hand over the same days.
        giver = User.objects.select_for_update(of=("self",)).get(pk=giver.pk)
        _check_people(giver, taker, start_date)
        _check_days(giver, start_date, end_date, today=timezone.localdate(at))
        made = Delegation.objects.create(
            giver=giver, taker=taker, start_date=start_date, end_date=end_date, created_at=at
        )
        changes = {
            "taker": [None, taker.pk],
            "start_date": [None, start_date.isoformat()],
            "end_date": [None, end_date.isoformat()],
        }
        journal(verb="delegate", target=giver, changes=changes, by=by, at=at)
        delegated.send(sender=Delegation, delegation=made, at=at)
    return made


def _check_people(giver: User, taker: User, start: date) -> None:
    if not rules.own_roles_of(giver, on=start) & HANDED_OVER:
        raise PersonRefused("start_date", NOTHING_TO_HAND_OVER)
    if taker.pk == giver.pk or not rules.own_roles_of(taker, on=start) & COLLEAGUES:
        raise PersonRefused("taker", NOT_A_COLLEAGUE)


def _check_days(giver: User, start: date, end: date, *, today: date) -> None:
    if start < today:
        raise PersonRefused("start_date", "Ce jour est passé : commencez aujourd’hui ou plus tard.")
    if end < start:
        raise PersonRefused("end_date", "Le dernier jour vient avant le premier.")
    most = longest_delegation_days(on=start)
    if (end - start).days >= most:
        raise PersonRefused("end_date", f"C’est plus de {most} jours : au-delà, c’est un mandat qu’il faut donner.")
    other = giver.delegations_given.filter(start_date__lte=end, end_date__gte=start).select_related("taker").first()
    if other is not None:
        raise PersonRefused(
            "start_date",
            f"{other.taker} vous remplace déjà du {french.day(other.start_date)} au {french.day(other.end_date)}.",
        )


def end_delegation(*, delegation: Delegation, by: User, at: datetime) -> None:
    """Take the place back now: its last day becomes the day before `at` (Paris date). Twice without harm.

    One that has not begun, or began today, is taken away; the journal keeps it.
    """
    last = timezone.localdate(at) - timedelta(days=1)
    with transaction.atomic():
        found = Delegation.objects.select_for_update(of=("self",)).select_related("giver").filter(pk=delegation.pk)
        held = found.first()
        if held is None or held.end_date <= last:
            return
        changes = {"end_date": [held.end_date.isoformat(), last.isoformat()]}
        journal(verb="end_delegation", target=held.giver, changes=changes, by=by, at=at)
        if held.start_date > last:
            held.delete()
        else:
            held.end_date = last
            held.save(update_fields=["end_date"])
