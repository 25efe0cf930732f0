"""Published sheets for the tests of the portal."""

from __future__ import annotations

from typing import Any

from maillage.directory.enums import Status
from maillage.directory.models import Organisation
from tests.factories import AT, organisation


def published(name: str, commune: str = "80001", **facts: Any) -> Organisation:
    """A published sheet in this commune."""
    given = {"status": Status.PUBLISHED.value, "verified_at": AT.isoformat(), "place__commune_id": commune, **facts}
    return organisation(name, **given)
