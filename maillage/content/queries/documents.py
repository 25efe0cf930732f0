"""What the search of the site knows of a resource: published ones, by every word of their text.

Neighbours: registered with the search by `apps.py`; `actions.indexing` tells it what moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maillage.content.models import Resource
from maillage.search.engine import Document

KIND = "resource"
BATCH = 100


def all_ids() -> Iterable[int]:
    """Every published resource, ascending."""
    ids: Iterable[int] = Resource.objects.published().order_by("pk").values_list("pk", flat=True)
    return ids


def documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of those of `ids` that are published; the others are forgotten. Two queries for BATCH."""
    for start in range(0, len(ids), BATCH):
        rows = Resource.objects.published().filter(pk__in=ids[start : start + BATCH]).order_by("pk")
        yield from map(_document, rows.prefetch_related("themes"))


def _document(resource: Resource) -> Document:
    themes = sorted(term.code for term in resource.themes.all())
    return Document(
        kind=KIND,
        id=resource.pk,
        title=resource.title,
        url=resource.get_absolute_url(),
        body=f"{resource.summary}\n{resource.body_text}",
        aliases=[resource.get_type_display(), *resource.reader_labels],
        facets={"theme": themes} if themes else {},
        updated_at=resource.last_published_at,
        payload={"does": f"{resource.get_type_display()} · {resource.summary}", "example": resource.is_example},
    )
