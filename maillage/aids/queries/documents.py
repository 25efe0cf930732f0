"""What the search of the site knows of an aid: those that may be asked for today, by every word that is read of them.

Neighbours: registered with the search by `apps.py`; verbs tell what moved, a chore those whose last day is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from maillage.aids.enums import Recurrence
from maillage.aids.models import Aid
from maillage.aids.text import bare
from maillage.search.engine import Document
from ui import french

KIND = "aid"
BATCH = 200


def all_ids() -> Iterable[int]:
    """Every aid that is open today, ascending."""
    rows = Aid.objects.open(timezone.localdate()).order_by("pk")
    return rows.values_list("pk", flat=True).iterator(chunk_size=5_000)


def documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of those of `ids` that are open today; the others are forgotten. One query for BATCH."""
    today = timezone.localdate()
    for start in range(0, len(ids), BATCH):
        rows = Aid.objects.open(today).filter(pk__in=ids[start : start + BATCH]).defer("said", "words_key", "contact")
        yield from map(_document, rows.order_by("pk"))


def _until(aid: Aid) -> str:
    """As the list of aids says it."""
    if aid.deadline_date:
        return f"jusqu’au {french.day(aid.deadline_date)}"
    return "ouverte toute l’année" if aid.recurrence == Recurrence.ONGOING else "date limite non dite"


def _document(aid: Aid) -> Document:
    facts = [", ".join(aid.financers), ", ".join(aid.type_labels).lower(), _until(aid)]
    return Document(
        kind=KIND,
        id=aid.pk,
        title=aid.short_title or aid.name,
        url=aid.get_absolute_url(),
        body="\n".join(filter(None, (bare(aid.description), bare(aid.eligibility), aid.perimeter))),
        aliases=[*([aid.name] if aid.short_title else []), *aid.financers, *aid.programmes, *aid.type_labels],
        facets={"theme": list(aid.themes)} if aid.themes else {},
        updated_at=aid.changed_at,
        payload={"does": " · ".join(filter(None, facts)), "example": aid.is_example},
    )
