"""Consultations as proofs of a measure: found by their question, or by the measure that they say they serve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from django.utils import timezone

from maillage.choosing.enums import State
from maillage.choosing.models import Consultation
from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule

MOST = 10


def _describe(keys: Iterable[int]) -> dict[int, Described]:
    found = Consultation.objects.exclude(state=State.DRAFT).filter(pk__in=list(keys))
    return {one.pk: Described(str(one), one.get_absolute_url(), timezone.localdate(one.closes_at)) for one in found}


def _find(words: str) -> list[tuple[int, str]]:
    found = Consultation.objects.exclude(state=State.DRAFT).filter(question__icontains=words)
    return list(found.order_by("-closes_at").values_list("pk", "question")[:MOST])


def _rules() -> Iterator[EvidenceRule]:
    """One for each measure that a consultation says it serves."""
    served = Consultation.objects.exclude(measure=None).order_by("measure__code")
    for pk, code in served.values_list("measure", "measure__code").distinct():
        yield EvidenceRule(f"choosing.measure:{code}", f"Les consultations sur la mesure {code}", partial(_serving, pk))


def _serving(measure: int) -> Iterable[int]:
    return Consultation.objects.exclude(state=State.DRAFT).filter(measure=measure).values_list("pk", flat=True)


EVIDENCE = (EvidenceKind("choosing.consultation", "consultation,consultations", _describe, _find, _rules),)
