"""What the verbs of the team and of the jury share: hold an application, and turn away whoever stays away from it."""

from __future__ import annotations

from collections.abc import Iterable

from maillage.accounts.models import User
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.models import Application, Recusal
from maillage.calls.phrases import review as phrases


def hold(application: Application, *, by: User | None) -> Application:
    """The row as it is, locked until the transaction ends. Raises CallRefused: gone, or this person stays away.

    The lock is the one that a recusal takes: of the two, one sees what the other did.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("call__scheme", "form", "organisation")
    row = rows.filter(pk=application.pk).first()
    if row is None:
        raise CallRefused(phrases.GONE)
    refuse_recused(row, by)
    return row


def refuse_recused(application: Application, by: User | None) -> None:
    """Raises CallRefused when this person stays away from it."""
    if by is not None and Recusal.objects.filter(application=application, user=by).exists():
        raise CallRefused(phrases.AWAY)


def require_state(application: Application, states: Iterable[str], phrase: str) -> None:
    """Raises CallRefused with this sentence when the application is elsewhere."""
    if application.state not in states:
        raise CallRefused(phrase)
