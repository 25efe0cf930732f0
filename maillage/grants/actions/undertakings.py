"""The register of aids *de minimis*: who is one undertaking, what it was given, under which ceiling.

Words: an *undertaking* is one or several organisations of which one controls the others. Neighbours: `queries.minimis`
counts; awards write here in their own transaction.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

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


def join_undertaking(
    *, organisation: Organisation, to: Undertaking, reason: str, by: User, at: datetime, despite: str = ""
) -> Undertaking:
    """One controls the other: the organisation, those joined to it and all their aids count in that undertaking.

    reason: which link of the law they have; despite: why they may stand together over a ceiling, "" when they may not.
    Raises GrantRefused when they are one already, CeilingExceeded with the figures; nothing is written then.
    """
    if not reason.strip():
        raise GrantRefused(phrases.SAY_LINK, "reason")
    with transaction.atomic():
        own = undertaking_of(organisation)
        if own.pk == to.pk:
            raise GrantRefused(phrases.SAME_UNDERTAKING)
        for one in sorted((own.pk, to.pk)):
            hold(one)
        if not own.members.filter(organisation=organisation).exists() or not to.members.exists():
            raise GrantRefused(phrases.UNDERTAKING_MOVED)
        _bring_aids(own, to)
        own.members.update(undertaking=to, reason=reason.strip(), joined_at=at)
        _check_ceilings(to, at, despite)
        changes = {"joined": [None, own.pk], "organisation": [None, organisation.pk]}
        note = "\u00a0; ".join(one for one in (reason.strip(), despite.strip()) if one)
        journal(verb="join_undertaking", target=to, changes=changes, by=by, at=at, note=note)
        own.delete()
    return to


def _bring_aids(own: Undertaking, to: Undertaking) -> None:
    """An aid that both declared was given once; it remembers both."""
    known = {_facts(one): one for one in to.aids.filter(decision=None).order_by("pk")}
    for aid in own.aids.prefetch_related("also").order_by("pk"):
        same = known.get(_facts(aid)) if aid.decision_id is None else None
        if same is not None:
            others = {aid.organisation_id, *(one.pk for one in aid.also.all())} - {same.organisation_id}
            same.also.add(*(pk for pk in others if pk is not None))
            aid.delete()
            continue
        aid.undertaking = to
        aid.save(update_fields=["undertaking"])


def _facts(aid: DeMinimisAid) -> tuple[object, ...]:
    return (aid.granted_on, aid.funder, aid.amount, aid.regulation)


def _part_aids(organisation: Organisation, before: Undertaking, made: Undertaking) -> None:
    """Its own aids follow it; one that others of the undertaking that it leaves declared too stays with both."""
    for aid in before.aids.filter(also=organisation).order_by("pk"):
        aid.also.remove(organisation)
        _copy(aid, made, organisation)
    for aid in before.aids.filter(organisation=organisation).order_by("pk"):
        others = list(aid.also.order_by("pk"))
        aid.undertaking = made
        aid.save(update_fields=["undertaking"])
        aid.also.clear()
        if others:
            _copy(aid, before, others[0]).also.set(others[1:])


def _copy(aid: DeMinimisAid, undertaking: Undertaking, organisation: Organisation) -> DeMinimisAid:
    return DeMinimisAid.objects.create(
        undertaking=undertaking, organisation=organisation, granted_on=aid.granted_on, amount=aid.amount,
        funder=aid.funder, scheme=aid.scheme, regulation=aid.regulation, declared_at=aid.declared_at,
    )  # fmt: skip


def part_undertaking(*, organisation: Organisation, reason: str, by: User, at: datetime) -> Undertaking:
    """Nobody controls this organisation any more: it is an undertaking of its own, with the aids that it was given.

    Raises GrantRefused when it stands alone already, CeilingExceeded with the figures; nothing is written then.
    """
    if not reason.strip():
        raise GrantRefused(phrases.SAY_PARTED, "reason")
    with transaction.atomic():
        before = held_undertaking(organisation)
        if not before.members.exclude(organisation=organisation).exists():
            raise GrantRefused(phrases.ALONE)
        made = Undertaking.objects.create(name=organisation.name)
        UndertakingMember.objects.filter(organisation=organisation).update(
            undertaking=made, reason=reason.strip(), joined_at=at
        )
        _part_aids(organisation, before, made)
        _check_ceilings(made, at, "")
        _check_ceilings(before, at, "")
        changes = {"parted": [before.pk, made.pk], "organisation": [None, organisation.pk]}
        journal(verb="part_undertaking", target=made, changes=changes, by=by, at=at, note=reason.strip())
    return made


def _check_ceilings(undertaking: Undertaking, at: datetime, despite: str) -> None:
    room = minimis.narrowest(minimis.aids_of(undertaking), on=timezone.localdate(at))
    if room is not None and room.left < 0 and not despite.strip():
        raise CeilingExceeded(phrases.together_over(room.given, room.ceiling), "despite")


def held_undertaking(organisation: Organisation) -> Undertaking:
    """Its undertaking, whose aids nobody else counts until the transaction ends, even when somebody joined it now."""
    for _ in range(5):
        found = undertaking_of(organisation)
        hold(found.pk)
        if found.members.filter(organisation=organisation).exists():
            return found
    raise GrantRefused(phrases.UNDERTAKING_MOVED)


def hold(pk: int) -> None:
    """Nobody else counts the aids of this undertaking until the transaction ends, on any database."""
    Undertaking.objects.filter(pk=pk).update(version=F("version") + 1)


def import_declared(*, application: Application, undertaking: Undertaking) -> int:
    """Enter what the applicant declares in the register, once, unless it is an aid of ours; how many are new."""
    known = {(one.granted_on, one.amount, one.regulation): one for one in undertaking.aids.order_by("pk")}
    fresh, seen = [], set(known)
    for one in application.declared_aids.order_by("pk"):
        facts = (one.granted_on, one.amount, one.regulation)
        same = known.get(facts)
        if same is not None and same.decision_id is None and same.organisation_id != application.organisation_id:
            same.also.add(application.organisation)
        if one.regulation in SUMMED and facts not in seen:
            seen.add(facts)
            fresh.append(DeMinimisAid(
                undertaking=undertaking, granted_on=one.granted_on, amount=one.amount, funder=one.funder,
                scheme=one.scheme, regulation=one.regulation, organisation=application.organisation,
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
    scheme, undertaking = application.call.scheme, held_undertaking(application.organisation)
    import_declared(application=application, undertaking=undertaking)
    room = minimis.room(minimis.aids_of(undertaking), regulation=scheme.state_aid, on=on)
    if amount > room.left and not decision.override:
        raise CeilingExceeded(phrases.over_ceiling(room.left, amount, room.ceiling), "override")
    return DeMinimisAid.objects.create(
        undertaking=undertaking, decision=decision, granted_on=on, amount=amount, funder=scheme.authority.name,
        scheme=scheme.title, regulation=scheme.state_aid, organisation=application.organisation,
    )  # fmt: skip


def note_registered(*, aid: DeMinimisAid, by: User, at: datetime) -> None:
    """The aid was declared to the national register. Raises GrantRefused when it was already."""
    with transaction.atomic():
        if not DeMinimisAid.objects.filter(pk=aid.pk, declared_at=None).update(declared_at=at):
            raise GrantRefused(phrases.REGISTERED_ALREADY)
        journal(verb="note_registered", target=aid, changes={"declared_at": [None, at.isoformat()]}, by=by, at=at)
