"""Resources, by who may see them, by what a list asks for, by what an agent has to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from maillage.content.models import Resource  # noqa: F401


class ResourceQuerySet(PageQuerySet):  # type: ignore[misc]  # Wagtail has no types
    """Resources."""

    def published(self) -> Any:
        return self.filter(live=True)

    def drafts(self) -> Any:
        return self.filter(live=False)

    def about(self, term_id: int) -> Any:
        return self.filter(themes=term_id)

    def broken(self) -> Any:
        """Published, and their link or their file does not answer."""
        return self.published().filter(upkeep__isnull=False).exclude(upkeep__trouble="")

    def to_verify(self, before: date) -> Any:
        """Published, and not looked at since that day."""
        return self.published().filter(Q(upkeep__verified_on__isnull=True) | Q(upkeep__verified_on__lt=before))

    def with_upkeep(self) -> Any:
        return self.select_related("upkeep", "document__screening")


ResourceManager = PageManager.from_queryset(ResourceQuerySet)
