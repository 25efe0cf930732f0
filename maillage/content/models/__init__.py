"""What the room keeps: pages that Wagtail edits, what is known of each, and the pages of themes."""

from maillage.content.models.hub import Hub
from maillage.content.models.resource import Resource, ResourceIndex
from maillage.content.models.screening import Screening
from maillage.content.models.upkeep import Upkeep

__all__ = ["Hub", "Resource", "ResourceIndex", "Screening", "Upkeep"]
