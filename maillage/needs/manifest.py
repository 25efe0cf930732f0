"""What the room offers to the house."""

from __future__ import annotations

from maillage.kernel.registry import Manifest

MANIFEST = Manifest(room="needs")
