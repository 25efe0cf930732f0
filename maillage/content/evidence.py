"""Resources as proofs of a measure: found by title, or all those of a theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from django.utils import timezone

from maillage.content.models import Resource
from maillage.directory.models import Term
from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule
from maillage.kernel.text import fold

MOST = 10


def _describe(keys: Iterable[int]) -> dict[int, Described]:
    found = Resource.objects.published().filter(pk__in=list(keys)).defer("body", "words_key")
    return {one.pk: Described(one.title, one.get_absolute_url(), _day(one)) for one in found}


def _day(one: Resource) -> date | None:
    return timezone.localdate(one.first_published_at) if one.first_published_at else None


def _find(words: str) -> list[tuple[int, str]]:
    found = Resource.objects.published().filter(words_key__contains=fold(words))
    return list(found.order_by("title").values_list("pk", "title")[:MOST])


def _rules() -> Iterator[EvidenceRule]:
    """One for each theme that a published resource is about."""
    used = Resource.objects.published().exclude(themes=None).values("themes")
    for term in Term.objects.filter(pk__in=used).order_by("label"):
        yield EvidenceRule(
            f"content.theme:{term.code}", f"Les ressources du thème «\u00a0{term.label}\u00a0»", partial(_of, term.pk)
        )


def _of(theme: int) -> Iterable[int]:
    keys: Iterable[int] = Resource.objects.published().about(theme).values_list("pk", flat=True)
    return keys


EVIDENCE = (EvidenceKind("content.resource", "ressource,ressources", _describe, _find, _rules),)
