"""Organisations as proofs of a measure: found by name, or attached by their theme, sector or accreditation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from django.utils import timezone

from maillage.directory.enums import QualificationKind, TermKind
from maillage.directory.models import Organisation, Qualification, Term
from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule
from maillage.kernel.text import fold

MOST = 10


def _describe(keys: Iterable[int]) -> dict[int, Described]:
    found = Organisation.objects.published().filter(pk__in=list(keys))
    return {one.pk: Described(one.name, one.get_absolute_url()) for one in found.only("pk", "name", "slug")}


def _find(words: str) -> list[tuple[int, str]]:
    found = Organisation.objects.published().filter(name_key__contains=fold(words))
    return list(found.order_by("name_key").values_list("pk", "name")[:MOST])


def _rules() -> Iterator[EvidenceRule]:
    """One for each theme of the strategy and each accreditation that a published sheet has."""
    for term in Term.objects.filter(kind=TermKind.THEME).order_by("position", "code"):
        label = f"Les structures du thème « {term.label} »"
        yield EvidenceRule(f"directory.theme:{term.code}", label, partial(_of_term, term.pk))
    held = set(Qualification.objects.order_by("kind").values_list("kind", flat=True).distinct())
    for kind in QualificationKind:
        if kind.value in held:
            label = f"Les structures reconnues : {kind.label}"
            yield EvidenceRule(f"directory.held:{kind.value}", label, partial(_holding, kind.value))


def _of_term(term: int) -> Iterable[int]:
    return Organisation.objects.published().filter(terms=term).values_list("pk", flat=True)


def _holding(kind: str) -> Iterable[int]:
    running = Qualification.objects.filter(kind=kind).exclude(end_date__lt=timezone.localdate())
    return Organisation.objects.published().filter(qualifications__in=running).values_list("pk", flat=True)


EVIDENCE = (EvidenceKind("directory.organisation", "structure,structures", _describe, _find, _rules),)
