"""Published needs that say the same thing as some words, or as another need."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.needs.enums import OVER
from maillage.needs.likeness import Said, alike, roots_of
from maillage.needs.models import Need

# The latest ones: older needs that nobody repeated say little, and the comparison stays under a few milliseconds.
MOST_READ = 3_000


@dataclass(frozen=True)
class Alike:
    """A need that may be the same; percent: how alike, for agents. need has `people`, place and theme."""

    need: Need
    people: int
    percent: int


def alike_words(words: str, most: int = 3) -> list[Alike]:
    """What somebody who types may join: published, in no theme that is over. Two queries."""
    return _found(roots_of(words), but=None, most=most, with_over=False)


def alike_need(need: Need, most: int = 8) -> list[Alike]:
    """What an agent sees beside a need, whatever its theme. Two queries."""
    return _found(need.stems or roots_of(need.words), but=need.pk, most=most, with_over=True)


def _found(roots: str, *, but: int | None, most: int, with_over: bool) -> list[Alike]:
    rows = Need.objects.published()
    if but is not None:
        rows = rows.exclude(pk=but)
    if not with_over:
        rows = rows.exclude(theme__state__in=OVER)
    said = [Said(pk, stems) for pk, stems in rows.order_by("-said_at", "-pk").values_list("pk", "stems")[:MOST_READ]]
    scores = dict(alike(roots, said, most=most))
    known = Need.objects.with_places().with_people().in_bulk(list(scores)) if scores else {}
    return [Alike(known[pk], known[pk].people, round(score * 100)) for pk, score in scores.items() if pk in known]
