"""Stay away from an application (*déport*): at once it is hidden from that person everywhere.

Words: a *recusal* is declared by the person, or noted for them by the team. Neighbours: `querysets` hides the
application, `queries.reviews` stops counting what the person handed in.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from maillage.accounts.models import User
from maillage.accounts.rules import may_enter_back_office
from maillage.calls.actions.means import keep_mean
from maillage.calls.actions.refusal import CallRefused
from maillage.calls.models import Application, Recusal, Review, Reviewer
from maillage.calls.phrases import review as phrases
from maillage.kernel.actions import journal


def recuse(*, application: Application, user: User, reason: str, by: User, at: datetime) -> Recusal:
    """This person stays away from it from now on. by: the person, or the agent who was told. Raises CallRefused.

    It waits for whoever is handing in an opinion on the same application, and they for it: one sees the other.
    """
    if not reason.strip():
        raise CallRefused(phrases.RECUSAL_WHY, "reason")
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk).first()
        if row is None:
            raise CallRefused(phrases.GONE)
        if not may_be_recused(row, user, on=timezone.localdate(at)):
            raise CallRefused(phrases.NOT_RECUSABLE, "user")
        made, is_new = Recusal.objects.get_or_create(
            application=row, user=user,
            defaults={"reason": reason.strip()[:300], "declared_at": at, "declared_by": by},
        )  # fmt: skip
        if not is_new:
            raise CallRefused(phrases.RECUSED_ALREADY)
        Review.objects.filter(application=row, reviewer__user=user).update(set_aside_at=at)
        keep_mean(row)
        journal(verb="recuse", target=row, changes={"recusal": [None, made.pk]}, by=by, at=at)
    return made


def take_back_recusal(*, recusal: Recusal, reason: str, by: User, at: datetime) -> None:
    """It was noted by mistake: the person reads the application again. Raises CallRefused: no reason, or by oneself."""
    if not reason.strip():
        raise CallRefused(phrases.RECUSAL_WHY, "reason")
    if recusal.user_id == by.pk:
        raise CallRefused(phrases.NOT_BY_ONESELF)
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",)).get(pk=recusal.application_id)
        kept = Recusal.objects.filter(pk=recusal.pk).first()
        if kept is None:
            raise CallRefused(phrases.MOVED)
        changes = {"recusal": [kept.pk, None], "user": [kept.user_id, None]}
        journal(verb="take_back_recusal", target=row, changes=changes, by=by, at=at, note=reason.strip())
        if kept.user_id is not None:
            Review.objects.filter(application=row, reviewer__user=kept.user_id).update(set_aside_at=None)
        kept.delete()
        keep_mean(row)


def may_be_recused(application: Application, user: User, *, on: date) -> bool:
    """Members of the jury of its call, and agents."""
    named = Reviewer.objects.filter(call=application.call_id, user=user).exists()
    return named or bool(may_enter_back_office(user, on=on))
