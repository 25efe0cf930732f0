"""Tell the search that a resource moved, by whatever door: a verb, the page editor, a publication that was planned."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished

from maillage.content.models import Resource
from maillage.content.queries.documents import KIND
from maillage.search.actions import note_change


def _moved(instance: Any, **_: Any) -> None:
    # The key of a page that was deleted is gone from its instance only after this signal.
    note_change(kind=KIND, ids=[instance.pk])


def listen() -> None:
    """Once, when the room is ready."""
    for signal in (page_published, page_unpublished, post_delete):
        signal.connect(_moved, sender=Resource, dispatch_uid="content.search")
