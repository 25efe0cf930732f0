"""The register of aids *de minimis*: who is one undertaking, what it was given, under which ceiling.

Words: an *undertaking* is one or several organisations of which one controls the others. Neighbours: `queries.minimis`
counts; awards write here in their own transaction.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from maillage.accounts.models import User
from maillage.calls.models import Application
from maillage.directory.models import Organisation
from maillage.grants.actions.refusal import CeilingExceeded, GrantRefused
from maillage.grants.enums import SUMMED
from maillage.grants.facts import is_summed
from maillage.grants.models import Decision, DeMinimisAid, Undertaking, UndertakingMember
from maillage.grants.phrases import decisions as phrases
from maillage.grants.queries import minimis
from maillage.kernel.actions import journal


def undertaking_of(organisation: Organisation) -> Undertaking:
    """The undertaking of an organisation, its own when nobody joined it to another."""
    member = UndertakingMember.objects.select_related("undertaking").filter(organisation=organisation).first()
    if member is None:
        with transaction.atomic():
            made = Undertaking.objects.create(name=organisation.name)
            member, is_new = UndertakingMember.objects.select_related("undertaking").get_or_create(
                organisation=organisation, defaults={"undertaking": made}
            )
            if not is_new:
                made.delete()
    return member.undertaking


def join_undertaking(*, organisation: Organisation, to: Undertaking, by: User, at: datetime) -> Undertaking:
    """One controls the other: the organisation, those joined to it and all their aids count in that undertaking.

    Raises GrantRefused when they are one already.
    """
    with transaction.atomic():
        own = undertaking_of(organisation)
        if own.pk == to.pk:
            raise GrantRefused(phrases.SAME_UNDERTAKING)
        for one in sorted((own.pk, to.pk)):
            hold(one)
        known = set(to.aids.filter(decision=None).values_list("granted_on", "funder", "amount", "regulation"))
        for aid in own.aids.order_by("pk"):
            facts = (aid.granted_on, aid.funder, aid.amount, aid.regulation)
            if aid.decision_id is None and facts in known:
                aid.delete()
                continue
            aid.undertaking = to
            aid.save(update_fields=["undertaking"])
        own.members.update(undertaking=to)
        journal(verb="join_undertaking", target=to, changes={"joined": [None, own.pk]}, by=by, at=at)
        own.delete()
    return to


def hold(pk: int) -> None:
    """Nobody else counts the aids of this undertaking until the transaction ends, on any database."""
    Undertaking.objects.filter(pk=pk).update(version=F("version") + 1)


def import_declared(*, application: Application, undertaking: Undertaking) -> int:
    """Enter what the applicant declares in the register, once, unless it is an aid of ours; how many are new."""
    known = set(undertaking.aids.values_list("granted_on", "amount", "regulation"))
    fresh = []
    for one in application.declared_aids.order_by("pk"):
        facts = (one.granted_on, one.amount, one.regulation)
        if one.regulation in SUMMED and facts not in known:
            known.add(facts)
            fresh.append(DeMinimisAid(
                undertaking=undertaking, granted_on=one.granted_on, amount=one.amount, funder=one.funder,
                scheme=one.scheme, regulation=one.regulation,
            ))  # fmt: skip
    return len(DeMinimisAid.objects.bulk_create(fresh, ignore_conflicts=True))


def register(decision: Decision, on: date) -> DeMinimisAid | None:
    """Write an award in the register, in its transaction; None when its regime has no ceiling.

    on: the day of the deliberation, when the right is given. Raises CeilingExceeded, unless a reason was written.
    """
    application, amount = decision.application, decision.amount
    assert amount is not None
    if not is_summed(application):
        return None
    scheme, undertaking = application.call.scheme, undertaking_of(application.organisation)
    hold(undertaking.pk)
    import_declared(application=application, undertaking=undertaking)
    room = minimis.room(minimis.aids_of(undertaking), regulation=scheme.state_aid, on=on)
    if amount > room.left and not decision.override:
        raise CeilingExceeded(phrases.over_ceiling(room.left, amount, room.ceiling), "override")
    return DeMinimisAid.objects.create(
        undertaking=undertaking, decision=decision, granted_on=on, amount=amount, funder=scheme.authority.name,
        scheme=scheme.title, regulation=scheme.state_aid,
    )  # fmt: skip


def note_registered(*, aid: DeMinimisAid, by: User, at: datetime) -> None:
    """The aid was declared to the national register. Raises GrantRefused when it was already."""
    with transaction.atomic():
        if not DeMinimisAid.objects.filter(pk=aid.pk, declared_at=None).update(declared_at=at):
            raise GrantRefused(phrases.REGISTERED_ALREADY)
        journal(verb="note_registered", target=aid, changes={"declared_at": [None, at.isoformat()]}, by=by, at=at)
