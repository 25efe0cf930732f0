"""Dialogues between the ESS and an authority, as proofs of a measure."""

from __future__ import annotations

from collections.abc import Iterable

from maillage.discussion.queries import public_dialogues
from maillage.kernel.registry import Described, EvidenceKind

MOST = 10


def _describe(keys: Iterable[int]) -> dict[int, Described]:
    found = public_dialogues().filter(pk__in=list(keys))
    return {one.pk: Described(one.title, one.get_absolute_url(), one.event_date) for one in found}


def _find(words: str) -> list[tuple[int, str]]:
    return list(public_dialogues().filter(title__icontains=words).values_list("pk", "title")[:MOST])


EVIDENCE = (EvidenceKind("discussion.dialogue", "dialogue,dialogues", _describe, _find),)
