"""Reads of the room."""

from maillage.content.queries.hubs import HubCard, HubPage, ShownBlock, hub_cards, hub_page, hub_term, written_hub
from maillage.content.queries.office import index_key, office_panel, office_resources, published_choices
from maillage.content.queries.published import (
    Asked,
    File,
    file_of,
    find_resource,
    found,
    is_document_held,
    linked_aids,
    most_used,
    theme_labels,
    themes_of,
)

__all__ = [
    "Asked",
    "File",
    "HubCard",
    "HubPage",
    "ShownBlock",
    "file_of",
    "find_resource",
    "found",
    "hub_cards",
    "hub_page",
    "hub_term",
    "index_key",
    "is_document_held",
    "linked_aids",
    "most_used",
    "office_panel",
    "office_resources",
    "published_choices",
    "theme_labels",
    "themes_of",
    "written_hub",
]
