"""Open and close accounts, give and end mandates: every one of these acts is in the journal.

Words: a *mandate* gives a role from a day to another; rights follow from mandates (rules.py).
Neighbours: the people screens of the back office, the seeds, the command `add_person`.
"""

from __future__ import annotations

import io
import secrets
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from maillage.accounts.enums import Role
from maillage.accounts.models import Mandate, User
from maillage.kernel.actions import erase_person, export_person, journal, person_of
from maillage.kernel.models import Erasure
from maillage.kernel.personal import Person
from maillage.territories.models import Epci


class PersonRefused(Exception):
    """The act on a person cannot be done; `phrase` says why and what to do, `field` where."""

    def __init__(self, field: str, phrase: str) -> None:
        super().__init__(phrase)
        self.field, self.phrase = field, phrase


LAST_ADMINISTRATOR = "C’est le dernier mandat d’administration en cours : donnez-en d’abord un à quelqu’un d’autre."


def draw_password() -> str:
    """24 letters and figures drawn at random."""
    return secrets.token_urlsafe(18)


def open_account(
    *,
    email: str,
    by: User | None,
    at: datetime,
    password: str | None = None,
    first_name: str = "",
    last_name: str = "",
    is_example: bool = False,
) -> User:
    """Make a person who may sign in by a code in a letter, or by a password when one is given. Raises PersonRefused.

    Without a mandate the account opens nothing.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, password, first_name=first_name, last_name=last_name, is_example=is_example
            )
            journal(verb="open_account", target=user, changes={}, by=by, at=at)
    except IntegrityError as error:
        raise PersonRefused("email", "Un compte existe déjà avec cette adresse.") from error
    return user


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
    """Give a role from a day to another, both included. Raises PersonRefused when it is already there."""
    try:
        with transaction.atomic():
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
        if mandate.role == Role.ADMINISTRATOR and mandate.holds_on(today) and not _others(mandate.user, today):
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


def renew_password(*, user: User, password: str, by: User | None, at: datetime) -> None:
    """Give a new password; every open session of the person ends, since the old one signed them."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        journal(verb="renew_password", target=user, changes={}, by=by, at=at)


def give_codes_application(*, user: User, by: User | None, at: datetime) -> None:
    """Give an example person an application of codes, whose current code /demo/ shows. Raises PersonRefused."""
    if not user.is_example:
        raise PersonRefused("", "Seule une personne d’exemple reçoit son deuxième moyen d’un autre.")
    with transaction.atomic():
        TOTP.activate(user, generate_totp_secret())
        journal(verb="add_second_factor", target=user, changes={}, by=by, at=at)
    user.__dict__.pop("has_second_factor", None)


def reset_second_factor(*, user: User, by: User | None, at: datetime) -> None:
    """Forget the applications, keys and recovery codes of someone who lost them; they set one up again to come in."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        journal(verb="reset_second_factor", target=user, changes={}, by=by, at=at)
    user.__dict__.pop("has_second_factor", None)


def set_account_open(*, user: User, is_open: bool, by: User | None, at: datetime) -> None:
    """Close an account, or open it again; its mandates stay written. Raises PersonRefused."""
    with transaction.atomic():
        user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        if user.is_active == is_open:
            return
        today = timezone.localdate(at)
        if not is_open and _is_administrator(user, today) and not _others(user, today):
            raise PersonRefused("", LAST_ADMINISTRATOR)
        user.is_active = is_open
        user.save(update_fields=["is_active"])
        journal(
            verb="reopen_account" if is_open else "close_account",
            target=user,
            changes={"is_active": [not is_open, is_open]},
            by=by,
            at=at,
        )


def take_data(*, user: User, at: datetime) -> bytes:
    """The zip of all that the platform keeps of this person; the journal says that it was made."""
    journal(verb="export_person", target=user, changes={}, by=user, at=at)
    held = io.BytesIO()
    export_person(person=person_of(user), to=held, at=at)
    return held.getvalue()


def leave(*, person: Person, by: User | None, at: datetime) -> Erasure:
    """Erase somebody from the whole platform, at their wish. Raises PersonRefused for the last administrator.

    by: whoever does it; the person themself, or None from the command line.
    """
    with transaction.atomic():
        today = timezone.localdate(at)
        user = User.objects.select_for_update(of=("self",)).filter(pk=person.user_id or 0).first()
        if user is not None and _is_administrator(user, today) and not _others(user, today):
            raise PersonRefused("", LAST_ADMINISTRATOR)
        return erase_person(person=person, by=by, at=at)


def _is_administrator(user: User, day: date) -> bool:
    return any(held.role == Role.ADMINISTRATOR and held.holds_on(day) for held in user.mandates.all())


def _others(user: User, day: date) -> bool:
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
