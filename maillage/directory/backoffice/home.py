"""Today's list, on the home of the back office."""

from __future__ import annotations

from typing import Any

from maillage.accounts.backoffice.screens import today
from maillage.accounts.models import User
from maillage.directory import rules
from maillage.directory.backoffice import reads


def today_panel(user: User) -> dict[str, Any] | None:
    """What waits for somebody in the directory, then its figures; None to those who may not."""
    return {"today": reads.today()} if rules.may_edit_sheets(user, on=today()) else None
