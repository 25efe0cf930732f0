"""Every write of the room."""

from maillage.content.actions.hubs import write_hub
from maillage.content.actions.keeping import check_links, count_use, verify
from maillage.content.actions.publishing import (
    add_document,
    create_resource,
    index_page,
    note_published,
    note_withdrawn,
)
from maillage.content.actions.refusal import ContentRefused
from maillage.content.actions.screening import condemn_document

__all__ = [
    "ContentRefused", "add_document", "check_links", "condemn_document", "count_use", "create_resource", "index_page",
    "note_published", "note_withdrawn", "verify", "write_hub",
]  # fmt: skip
