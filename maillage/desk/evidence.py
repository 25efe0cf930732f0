"""Projects that their holders show, as proofs of a measure: found by title, or all those of a theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from django.utils import timezone

from maillage.desk.models import Project
from maillage.directory.models import Term
from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule

MOST = 10


def _describe(keys: Iterable[int]) -> dict[int, Described]:
    found = Project.objects.shown().filter(pk__in=list(keys))
    return {one.pk: Described(one.title, one.public_address, _day(one)) for one in found}


def _day(one: Project) -> date | None:
    return timezone.localdate(one.shown_at) if one.shown_at else None


def _find(words: str) -> list[tuple[int, str]]:
    found = Project.objects.shown().filter(title__icontains=words)
    return list(found.order_by("title").values_list("pk", "title")[:MOST])


def _rules() -> Iterator[EvidenceRule]:
    """One for each theme that a shown project is about."""
    used = Project.objects.shown().exclude(topics=None).values("topics")
    for term in Term.objects.filter(pk__in=used).order_by("label"):
        yield EvidenceRule(
            f"desk.theme:{term.code}", f"Les projets du thème «\u00a0{term.label}\u00a0»", partial(_of, term.pk)
        )


def _of(theme: int) -> Iterable[int]:
    keys: Iterable[int] = Project.objects.shown().filter(topics=theme).values_list("pk", flat=True)
    return keys


EVIDENCE = (EvidenceKind("desk.project", "projet,projets", _describe, _find, _rules),)
