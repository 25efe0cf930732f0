"""People with a role, for the tests of rights."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP

from maillage.accounts.enums import BACK_OFFICE_ROLES, Role
from maillage.accounts.models import Mandate, User
from tests.factories import person

LONG_AGO = date(2020, 1, 1)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def holder(role: Role | None, *, start: date = LONG_AGO, end: date | None = None, **traits: Any) -> User:
    """Somebody with this mandate, or with none; the account has an address made from the role.

    Whoever enters the back office holds a second factor, unless told otherwise (second_factor=False).
    """
    protected = traits.pop("second_factor", role in BACK_OFFICE_ROLES)
    name = "personne" if role is None else role.value
    user = person(traits.pop("email", f"{name}@exemple.test"), **traits)
    if role is not None:
        Mandate.objects.create(user=user, role=role, start_date=start, end_date=end)
    if protected:
        TOTP.activate(user, SECRET)
    return user
