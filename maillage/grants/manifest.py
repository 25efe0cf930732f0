"""What the room offers to the house."""

from __future__ import annotations

from maillage.grants.holdings import HARMLESS, PERSONAL
from maillage.grants.notices import LETTERS
from maillage.kernel.registry import Manifest

MANIFEST = Manifest(
    room="grants",
    letters=LETTERS,
    personal=PERSONAL,
    harmless=HARMLESS,
)
