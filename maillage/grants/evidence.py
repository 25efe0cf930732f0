"""Awards as proofs of a measure of the strategy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from django.db.models import Q

from maillage.grants.models import Decision
from maillage.grants.queries.published import awards
from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule
from ui import french


def describe(keys: Iterable[int]) -> Mapping[int, Described]:
    rows = awards().filter(pk__in=list(keys)).select_related("application")
    return {one.pk: Described(_title(one), "/subventions/", one.deliberated_on) for one in rows.order_by("pk")}


def _title(one: Decision) -> str:
    assert one.amount is not None
    return f"{one.application.title}, {french.euros(one.amount)}"


def find(words: str) -> list[tuple[int, str]]:
    likely = Q(application__title__icontains=words) | Q(application__organisation__name__icontains=words)
    rows = awards().filter(likely).select_related("application").order_by("-deliberated_on", "-pk")[:10]
    return [(one.pk, _title(one)) for one in rows]


def _of_measure() -> Iterable[EvidenceRule]:
    """One rule for each measure that a scheme with awards serves."""
    rows = awards().filter(line__scheme__measure__isnull=False).order_by()
    for code in sorted(set(rows.values_list("line__scheme__measure__code", flat=True))):
        keys = partial(_awards_of, code)
        yield EvidenceRule(f"grants.award:{code}", f"Subventions des dispositifs de la mesure {code}", keys)


def _awards_of(code: str) -> list[int]:
    return list(awards().filter(line__scheme__measure__code=code).order_by("pk").values_list("pk", flat=True))


EVIDENCE = EvidenceKind("grants.decision", "subvention,subventions", describe, find, _of_measure)
