"""A small plan with its measure 1.1, and proofs of an invented kind."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from maillage.kernel import registry
from maillage.kernel.registry import Described, EvidenceKind, EvidenceRule, Manifest
from maillage.strategy import actions
from maillage.strategy.models import Measure
from tests.factories import AT, territory
from tests.strategy.files import strategy_file

KIND = "essai.chose"


def plan() -> Measure:
    territory(siren="200000009")
    actions.load_strategy(document=strategy_file(), by=None, at=AT)
    return Measure.objects.get(code="1.1")


class Things:
    """Objects of the invented kind: `seen` are public, `fitting` those that the rule names."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen, self.fitting, self.calls = set(range(1, 2_000)), set[int](), 0
        rule = EvidenceRule("essai.rule", "Les choses qui vont", lambda: self.fitting)
        kind = EvidenceKind(KIND, "chose,choses", self.describe, self.find, lambda: [rule])
        kept = dict(registry._manifests)
        monkeypatch.setattr(registry, "_manifests", {**kept, "essai": Manifest(room="essai", evidence=(kind,))})

    def describe(self, keys: Iterable[int]) -> dict[int, Described]:
        self.calls += 1
        return {key: Described(f"Chose {key}", f"/choses/{key}/") for key in keys if key in self.seen}

    def find(self, words: str) -> list[tuple[int, str]]:
        return [(7, "Chose 7")] if words == "sept" else []
