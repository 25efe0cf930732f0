"""People enter an organisation, hand it over and leave it; there is never a second manager."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from maillage.accounts.actions import PersonRefused, open_account
from maillage.accounts.models import User
from maillage.directory.models import Organisation
from maillage.kernel.actions import journal
from maillage.outbox.actions import post
from maillage.space.enums import Part
from maillage.space.models import Membership


class MemberRefused(Exception):
    """The act on a membership cannot be done; `phrase` says why and what to do."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


SECOND_MANAGER = "Cette structure a déjà une personne responsable : elle seule peut vous passer la main."
HAND_OVER_FIRST = "D’autres personnes travaillent sur cette fiche : passez d’abord la main à l’une d’elles."


def admit(
    *, organisation: Organisation, email: str, part: Part, by: User | None, at: datetime, name: str = ""
) -> Membership:
    """Make a member of the person of this address; an account is opened when there is none.

    Someone already there gets this part. Raises MemberRefused: there is another manager, or the account is closed.
    """
    email = email.strip().lower()
    try:
        with transaction.atomic():
            user = User.objects.filter(email__iexact=email).first()
            if user is None:
                user = open_account(email=email, first_name=name[:100], by=by, at=at)
            if not user.is_active:
                raise MemberRefused("Ce compte est fermé. Une administratrice ou un administrateur peut le rouvrir.")
            membership, is_new = Membership.objects.select_for_update(of=("self",)).get_or_create(
                user=user, organisation=organisation, defaults={"part": part, "since": at}
            )
            before = None if is_new else membership.part
            if before != part:
                membership.part = part
                membership.save(update_fields=["part"])
                _journal("admit", membership, [before, part.value], by, at)
    except IntegrityError as error:
        raise MemberRefused(SECOND_MANAGER) from error
    except PersonRefused as refusal:
        raise MemberRefused(refusal.phrase) from refusal
    return membership


def invite(*, organisation: Organisation, email: str, by: User, at: datetime) -> None:
    """Write to somebody that they may contribute; they become so by the letter's link."""
    with transaction.atomic():
        facts = {"by": by.get_full_name() or by.email}
        post(kind="space.invitation", to=email, about=organisation, facts=facts, at=at)
        journal(verb="invite", target=organisation, changes={}, by=by, at=at)


def join(*, organisation: Organisation, email: str, at: datetime) -> Membership:
    """The person of this address accepts the invitation; a manager stays manager."""
    held = Membership.objects.filter(organisation=organisation, user__email__iexact=email).first()
    return held or admit(organisation=organisation, email=email, part=Part.CONTRIBUTOR, by=None, at=at)


def hand_over(*, organisation: Organisation, to: Membership, by: User, at: datetime) -> None:
    """The manager becomes a contributor, and this contributor the manager."""
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).filter(organisation=organisation)
        held = {row.pk: row for row in rows.order_by("pk")}
        giver = next((row for row in held.values() if row.part == Part.MANAGER), None)
        taker = held.get(to.pk)
        if giver is None or taker is None or giver.pk == taker.pk:
            raise MemberRefused("Cette personne ne fait plus partie de la structure.")
        # The giver first: there is never a second manager, not even for a moment.
        for row, part in ((giver, Part.CONTRIBUTOR), (taker, Part.MANAGER)):
            before, row.part = row.part, part
            row.save(update_fields=["part"])
            _journal("hand_over", row, [before, part.value], by, at)


def leave(*, membership: Membership, by: User, at: datetime) -> None:
    """Leave an organisation. Raises MemberRefused: a manager hands over first when others are there."""
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).filter(organisation=membership.organisation)
        held = {row.pk: row for row in rows.order_by("pk")}
        row = held.pop(membership.pk, None)
        if row is None:
            return
        if row.part == Part.MANAGER and held:
            raise MemberRefused(HAND_OVER_FIRST)
        _journal("leave", row, [row.part, None], by, at)
        row.delete()


def remove(*, membership: Membership, by: User, at: datetime) -> None:
    """The manager ends somebody's contribution. Raises MemberRefused for the manager themself."""
    with transaction.atomic():
        row = Membership.objects.select_for_update(of=("self",)).filter(pk=membership.pk).first()
        if row is None:
            return
        if row.part == Part.MANAGER:
            raise MemberRefused("La personne responsable passe la main ; elle ne se retire pas ainsi.")
        _journal("remove_member", row, [row.part, None], by, at)
        row.delete()


def _journal(verb: str, membership: Membership, part: list[str | None], by: User | None, at: datetime) -> None:
    # The person is named by the number of their account: an erasure leaves nothing of them here.
    changes = {"member": [None, membership.user_id], "part": part}
    journal(verb=verb, target=membership.organisation, changes=changes, by=by, at=at)
