"""Attach what the platform holds to the measures that it proves: by hand, or by a rule that keeps itself up to date.

Words: a *kind* of evidence is declared by the room that owns the objects (kernel registry); a *rule* names objects
that fit now. What a person attached stays until a person takes it away; what a rule attached follows the rule.
Neighbours: `queries.evidence` reads, a chore applies the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import F

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.kernel.edition import begin_edition
from maillage.kernel.registry import EvidenceKind, evidence_kinds
from maillage.kernel.registry import EvidenceRule as RuleOfKind
from maillage.strategy import phrases
from maillage.strategy.actions.steering import SteeringRefused
from maillage.strategy.models import Evidence, EvidenceCount, EvidenceRule, Measure

HANDFUL = 500


def attach_evidence(
    *, measure: Measure, object_type: str, object_id: int, by: User | None, at: datetime
) -> Evidence:  # fmt: skip
    """Attach by hand; what a rule had attached becomes the person's. Twice does no harm.

    Raises SteeringRefused when the kind is unknown, or nobody may see the object.
    """
    kind = evidence_kinds().get(object_type)
    described = kind.describe([object_id]).get(object_id) if kind else None
    if described is None:
        raise SteeringRefused(phrases.NO_SUCH_PROOF)
    with transaction.atomic():
        kept = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        facts = {"rule": "", "by": by, "attached_at": at}
        evidence, is_new = Evidence.objects.get_or_create(
            measure=kept, object_type=object_type, object_id=object_id, defaults=facts
        )
        if not is_new and not evidence.rule:
            return evidence
        if is_new:
            _count(kept, object_type, 1)
        else:
            Evidence.objects.filter(pk=evidence.pk).update(**facts)
            evidence.refresh_from_db()
        journal(verb="attach_evidence", target=kept, changes={"evidence": [None, described.title]}, by=by, at=at)
    return evidence


def detach_evidence(*, evidence: Evidence, by: User | None, at: datetime) -> None:
    """Take away what somebody attached; a rule that still holds attaches it anew. Twice does no harm."""
    with transaction.atomic():
        measure = Measure.objects.select_for_update(of=("self",)).get(pk=evidence.measure_id)
        if Evidence.objects.filter(pk=evidence.pk).delete()[0]:
            _count(measure, evidence.object_type, -1)
            told = f"{evidence.object_type} {evidence.object_id}"
            journal(verb="detach_evidence", target=measure, changes={"evidence": [told, None]}, by=by, at=at)


def use_rule(*, measure: Measure, key: str, by: User | None, at: datetime) -> int:
    """Switch a rule on and apply it; how many proofs it attached. Raises SteeringRefused for an unknown rule."""
    kind, rule = _rule(key)
    with transaction.atomic():
        kept = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        _, is_new = EvidenceRule.objects.get_or_create(measure=kept, key=key, defaults={"since": at})
        if is_new:
            journal(verb="use_rule", target=kept, changes={"rule": [None, rule.label]}, by=by, at=at)
        return _apply(kept, kind, rule, at)


def drop_rule(*, measure: Measure, key: str, by: User | None, at: datetime) -> int:
    """Switch a rule off, and take away what it alone attached; how many. Twice does no harm."""
    with transaction.atomic():
        kept = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
        if not EvidenceRule.objects.filter(measure=kept, key=key).delete()[0]:
            return 0
        theirs = Evidence.objects.filter(measure=kept, rule=key)
        object_type = theirs.values_list("object_type", flat=True).first()
        gone = theirs.delete()[0]
        if object_type:
            _count(kept, object_type, -gone)
        journal(verb="drop_rule", target=kept, changes={"rule": [key, None], "evidence": [gone, 0]}, by=by, at=at)
    return gone


def apply_rules(*, at: datetime) -> int:
    """Let every rule in use attach what fits now and let go of what no longer does; how many changed."""
    known = dict(_rules())
    changed = 0
    for use in EvidenceRule.objects.select_related("measure").order_by("measure_id", "key"):
        if use.key in known:
            with transaction.atomic():
                measure = Measure.objects.select_for_update(of=("self",)).get(pk=use.measure_id)
                if EvidenceRule.objects.filter(pk=use.pk).exists():
                    changed += _apply(measure, *known[use.key], at)
    if changed:
        begin_edition()  # nothing is journalled here, and kept pages say how many proofs there are
    return changed


def _apply(measure: Measure, kind: EvidenceKind, rule: RuleOfKind, at: datetime) -> int:
    """The measure is locked."""
    wanted = set(rule.keys())
    here = Evidence.objects.filter(measure=measure, object_type=kind.object_type)
    by_rule = set(here.filter(rule=rule.key).values_list("object_id", flat=True))
    missing = wanted - set(here.values_list("object_id", flat=True))
    gone = by_rule - wanted
    for handful in _handfuls(gone):
        here.filter(rule=rule.key, object_id__in=handful).delete()
    for handful in _handfuls(missing):
        Evidence.objects.bulk_create(
            Evidence(measure=measure, object_type=kind.object_type, object_id=pk, rule=rule.key, attached_at=at)
            for pk in handful
        )
    _count(measure, kind.object_type, len(missing) - len(gone))
    return len(missing) + len(gone)


def _count(measure: Measure, object_type: str, more: int) -> None:
    """The measure is locked, so nobody else counts."""
    if more == 0:
        return
    found = EvidenceCount.objects.filter(measure=measure, object_type=object_type)
    if not found.update(count=F("count") + more):
        EvidenceCount.objects.create(measure=measure, object_type=object_type, count=more)


def _rules() -> Iterator[tuple[str, tuple[EvidenceKind, RuleOfKind]]]:
    for kind in evidence_kinds().values():
        for rule in kind.rules():
            yield rule.key, (kind, rule)


def _rule(key: str) -> tuple[EvidenceKind, RuleOfKind]:
    found = dict(_rules()).get(key)
    if found is None:
        raise SteeringRefused(phrases.NO_SUCH_RULE)
    return found


def _handfuls(keys: Collection[int]) -> Iterator[Iterable[int]]:
    """Some at a time: SQLite takes no more names in one question."""
    ordered = iter(sorted(keys))
    while handful := list(islice(ordered, HANDFUL)):
        yield handful
