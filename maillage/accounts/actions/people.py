"""Open and close accounts, let people take their data and leave."""

from __future__ import annotations

import io
import secrets
from datetime import datetime
from typing import IO

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.accounts.actions.mandates import LAST_ADMINISTRATOR, has_other_administrator, is_administrator
from maillage.accounts.actions.refusal import PersonRefused
from maillage.accounts.models import User
from maillage.kernel.actions import erase_person, export_person, journal, person_of
from maillage.kernel.models import Erasure
from maillage.kernel.personal import Person


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
        if not is_open and is_administrator(user, today) and not has_other_administrator(user, today):
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


def hand_out_data(*, person: Person, to: IO[bytes], at: datetime) -> dict[str, int]:
    """Write the zip of all that is kept of somebody who asked by letter; how many rows by title.

    With an account, the journal says that it was made; without one there is no object to say it of.
    """
    user = User.objects.filter(pk=person.user_id or 0).first()
    if user is not None:
        journal(verb="export_person", target=user, changes={}, by=None, at=at)
    return export_person(person=person, to=to, at=at)


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
        if user is not None and is_administrator(user, today) and not has_other_administrator(user, today):
            raise PersonRefused("", LAST_ADMINISTRATOR)
        return erase_person(person=person, by=by, at=at)
