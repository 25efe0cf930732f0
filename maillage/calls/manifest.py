"""What the room offers to the house."""

from __future__ import annotations

from pathlib import Path

from maillage.calls.holdings import HARMLESS, PERSONAL
from maillage.kernel.registry import Manifest

MANIFEST = Manifest(
    room="calls",
    values=(Path(__file__).parent / "data/terms.json",),
    personal=PERSONAL,
    harmless=HARMLESS,
)
