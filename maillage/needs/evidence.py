"""Themes of needs as proofs of a measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule
from maillage.needs.models import Theme

MOST = 10


def _describe(keys: Iterable[int]) -> dict[int, Described]:
    return {one.pk: Described(one.title, one.get_absolute_url()) for one in Theme.objects.filter(pk__in=list(keys))}


def _find(words: str) -> list[tuple[int, str]]:
    return list(Theme.objects.filter(title__icontains=words).order_by("title").values_list("pk", "title")[:MOST])


def _rules() -> Iterator[EvidenceRule]:
    """One for each measure that a theme names."""
    named = Theme.objects.exclude(measure=None).order_by("measure__code")
    for pk, code in named.values_list("measure", "measure__code").distinct():
        yield EvidenceRule(f"needs.measure:{code}", f"Les thèmes des besoins de la mesure {code}", partial(_naming, pk))


def _naming(measure: int) -> Iterable[int]:
    return Theme.objects.filter(measure=measure).values_list("pk", flat=True)


EVIDENCE = (EvidenceKind("needs.theme", "thème de besoins,thèmes de besoins", _describe, _find, _rules),)
