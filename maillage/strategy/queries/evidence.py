"""What proves a measure, and which measures an object proves.

Words: a *group* is the proofs of one kind. Neighbours: `actions.proving` writes; rooms describe their objects.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule, evidence_kinds
from maillage.strategy.models import Evidence, EvidenceCount, Measure
from maillage.strategy.models import EvidenceRule as RuleInUse

LATEST = 5
PER_PAGE = 20


@dataclass(frozen=True)
class Proven:
    """A proof with what it is called; described is None when nobody may see the object any more."""

    evidence: Evidence
    described: Described | None


@dataclass(frozen=True)
class Group:
    """noun: « structure,structures »; count: how many are attached; latest: the last ones that everybody may see."""

    kind: EvidenceKind
    count: int
    latest: list[Proven] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """As the address names it: « directory.organisation »."""
        return self.kind.object_type


def groups_of(measure: Measure, latest: int = LATEST) -> list[Group]:
    """By kind, in the order of rooms; one query for the counts, and two or three for each kind that is there."""
    counts = dict(EvidenceCount.objects.filter(measure=measure, count__gt=0).values_list("object_type", "count"))
    return [
        Group(kind, counts[key], [one for one in described(evidence_of(measure, key)[:latest]) if one.described])
        for key, kind in evidence_kinds().items()
        if key in counts
    ]


def evidence_of(measure: Measure, object_type: str) -> QuerySet[Evidence]:
    """The last attached first."""
    return Evidence.objects.filter(measure=measure, object_type=object_type).order_by("-attached_at", "-pk")


def described(rows: Iterable[Evidence]) -> list[Proven]:
    """In their order; one call for each kind among them."""
    found = list(rows)
    kinds = evidence_kinds()
    names: dict[tuple[str, int], Described] = {}
    for key in {one.object_type for one in found} & set(kinds):
        told = kinds[key].describe([one.object_id for one in found if one.object_type == key])
        names.update({(key, pk): one for pk, one in told.items()})
    return [Proven(one, names.get((one.object_type, one.object_id))) for one in found]


def measures_proved_by(*targets: Model) -> list[Measure]:
    """The measures that one of these objects proves, in the order of the plan: said on their own page."""
    any_of = Q(pk__in=[])
    for one in targets:
        any_of |= Q(object_type=one._meta.label_lower, object_id=one.pk)
    proofs = Evidence.objects.filter(any_of)
    return list(Measure.objects.filter(pk__in=proofs.values("measure")).order_by("position", "code"))


def measures_by_proof(object_type: str, keys: Collection[int]) -> dict[int, list[Measure]]:
    """{object: the measures that it proves, in the order of the plan}, of a page of objects; one query."""
    proofs = Evidence.objects.filter(object_type=object_type, object_id__in=list(keys)).select_related("measure")
    found: dict[int, list[Measure]] = {}
    for one in proofs.order_by("measure__position", "measure__code"):
        found.setdefault(one.object_id, []).append(one.measure)
    return found


def rules_offered(measure: Measure) -> list[tuple[EvidenceRule, bool]]:
    """Every rule that rooms offer, and whether the measure uses it."""
    used = set(RuleInUse.objects.filter(measure=measure).values_list("key", flat=True))
    return [(rule, rule.key in used) for kind in evidence_kinds().values() for rule in kind.rules()]


def likely(words: str) -> list[dict[str, Any]]:
    """What an agent may attach for these words: the value of a form's choice, the noun and the name."""
    if not words.strip():
        return []
    return [
        {"value": f"{kind.object_type}:{pk}", "noun": kind.noun.split(",")[0], "title": title}
        for kind in evidence_kinds().values()
        for pk, title in kind.find(words)
    ]


def miscounted() -> list[tuple[str, str]]:
    """(measure and kind, what is wrong) where the kept count is not the count: an invariant."""
    kept = {(one.measure_id, one.object_type): one.count for one in EvidenceCount.objects.filter(count__gt=0)}
    real: dict[tuple[int, str], int] = {}
    for measure, object_type in Evidence.objects.order_by("pk").values_list("measure_id", "object_type").iterator():
        real[measure, object_type] = real.get((measure, object_type), 0) + 1
    return [
        (f"{key[0]}, {key[1]}", f"{kept.get(key, 0)} comptées, {real.get(key, 0)} attachées")
        for key in sorted(kept.keys() | real.keys())
        if kept.get(key) != real.get(key)
    ]
