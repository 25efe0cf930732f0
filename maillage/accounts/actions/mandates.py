"""Give and end mandates: a role from a day to another, from which rights follow (rules.py)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from maillage.accounts.actions.refusal import PersonRefused
from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.kernel.actions import journal
from maillage.territories.models import Epci
from ui import french

LAST_ADMINISTRATOR = "C’est le dernier mandat d’administration en cours : donnez-en d’abord un à quelqu’un d’autre."
WHICH_EPCI = "Une référente ou un référent l’est pour une communauté de communes : choisissez laquelle."


def give_mandate(
    *,
    user: User,
    role: Role,
    start_date: date,
    by: User | None,
    at: datetime,
    end_date: date | None = None,
    epci: Epci | None = None,
) -> Mandate:
    """Give a role from a day to another, both included.

    Raises PersonRefused: it is already there; a liaison officer without EPCI; another one sits for it those days.
    """
    try:
        with transaction.atomic():
            if role == Role.LIAISON_OFFICER:
                _refuse_second_officer(epci, user, start_date, end_date)
            mandate = Mandate.objects.create(user=user, role=role, start_date=start_date, end_date=end_date, epci=epci)
            journal(
                verb="give_mandate",
                target=user,
                changes={
                    "role": [None, role.value],
                    "start_date": [None, start_date.isoformat()],
                    "end_date": [None, end_date and end_date.isoformat()],
                },
                by=by,
                at=at,
            )
    except IntegrityError as error:
        raise PersonRefused("role", "Cette personne a déjà ce rôle à partir de ce jour.") from error
    return mandate


def _refuse_second_officer(epci: Epci | None, user: User, start: date, end: date | None) -> None:
    """One liaison officer at a time for an EPCI. The row of the EPCI is locked, so that two cannot be named at once."""
    if epci is None:
        raise PersonRefused("epci", WHICH_EPCI)
    Epci.objects.select_for_update(of=("self",)).get(pk=epci.pk)
    sitting = Mandate.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gte=start), role=Role.LIAISON_OFFICER, epci=epci, user__is_active=True
    )
    if end is not None:
        sitting = sitting.filter(start_date__lte=end)
    held = sitting.select_related("user").order_by("start_date").first()
    if held is not None:
        until = f"jusqu’au {french.day(held.end_date)}" if held.end_date else "sans fin prévue"
        who = "Cette personne" if held.user_id == user.pk else str(held.user)
        raise PersonRefused(
            "start_date",
            f"{who} l’est déjà pour {epci.name}, {until} : terminez d’abord ce mandat, ou commencez après.",
        )


def end_mandate(*, mandate: Mandate, by: User | None, at: datetime) -> None:
    """End a mandate now: its last day becomes the day before `at` (Paris date).

    A mandate that began today or later is taken away, since it cannot end before it starts; the journal keeps
    it. Raises PersonRefused for the last running administrator.
    """
    today = timezone.localdate(at)
    with transaction.atomic():
        if mandate.role == Role.ADMINISTRATOR:  # the whole list before one of it: two who end each other must not block
            _hold_administrators(today)
        held = Mandate.objects.select_for_update(of=("self",)).select_related("user").filter(pk=mandate.pk).first()
        if held is None or (held.end_date is not None and held.end_date < today):
            raise PersonRefused("", "Ce mandat est déjà terminé.")
        mandate = held
        if (
            mandate.role == Role.ADMINISTRATOR
            and mandate.holds_on(today)
            and not has_other_administrator(mandate.user, today)
        ):
            raise PersonRefused("", LAST_ADMINISTRATOR)
        before = mandate.end_date and mandate.end_date.isoformat()
        last = today - timedelta(days=1)
        journal(
            verb="end_mandate",
            target=mandate.user,
            changes={"end_date": [before, last.isoformat()]},
            by=by,
            at=at,
            note=f"{mandate.get_role_display()} depuis le {mandate.start_date:%d/%m/%Y}",
        )
        if mandate.start_date > last:
            mandate.delete()
        else:
            mandate.end_date = last
            mandate.save(update_fields=["end_date"])


def is_administrator(user: User, day: date) -> bool:
    """Does a running mandate of administration belong to this person?"""
    return any(held.role == Role.ADMINISTRATOR and held.holds_on(day) for held in user.mandates.all())


def has_other_administrator(user: User, day: date) -> bool:
    """Does another open account hold a running administrator's mandate? The rows are locked until the end."""
    return any(held.user_id != user.pk for held in _hold_administrators(day))


def _hold_administrators(day: date) -> list[Mandate]:
    """The running administrators' mandates, locked in one order, so that two cannot end each other at once."""
    running = Mandate.objects.select_for_update(of=("self",)).filter(
        Q(end_date__isnull=True) | Q(end_date__gte=day),
        role=Role.ADMINISTRATOR,
        start_date__lte=day,
        user__is_active=True,
    )
    return list(running.order_by("pk"))


def describe_mandate(*, mandate: Mandate, phone: str, how_to_reach: str, by: User, at: datetime) -> None:
    """Say how this person is reached in this role; it is shown to everyone. Nothing is written when nothing changed."""
    with transaction.atomic():
        held = Mandate.objects.select_for_update(of=("self",)).select_related("user").get(pk=mandate.pk)
        told = {"phone": phone.strip(), "how_to_reach": how_to_reach.strip()}
        changed = [name for name, value in told.items() if getattr(held, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(held, name, told[name])
        held.save(update_fields=changed)
        # The journal names what was said, never the words: they are the person's own.
        journal(verb="describe_mandate", target=held.user, changes={"fields": [None, changed]}, by=by, at=at)
