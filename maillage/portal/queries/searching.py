"""The search of the whole site: what each kind of things answers, counted exactly.

Words: a *part* is one kind of findable things. Every part asks the same index, so that the number on a part is the
number of rows that its own list shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from maillage.search import queries as search
from maillage.search.engine import MAX_ROWS
from maillage.search.queries import Query, Row

FEW, MANY = 5, 20
LONGEST = 200


@dataclass(frozen=True)
class Kind:
    """code: of the search; words: "singular,plural"; slug: in the address; elsewhere: a page that lists them better."""

    code: str
    slug: str
    title: str
    words: str
    elsewhere: str = ""


KINDS = (
    Kind("organisation", "structures", "Structures", "structure,structures", "/annuaire/"),
    Kind("aid", "aides", "Aides ouvertes", "aide ouverte,aides ouvertes"),
    Kind("resource", "ressources", "Guides, modèles et vidéos", "ressource,ressources"),
    Kind("commune", "communes", "Communes", "commune,communes"),
)


@dataclass(frozen=True)
class Part:
    """What one kind answers. rows: the first FEW, or one page of MANY when it is asked alone; url: all of them."""

    kind: Kind
    total: int
    rows: tuple[Row, ...]
    url: str
    corrected: str = ""

    @property
    def is_whole(self) -> bool:
        """Everything that was found is shown."""
        return len(self.rows) == self.total

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, MAX_ROWS) // MANY))


@dataclass(frozen=True)
class Found:
    """parts: those that answer something, in the order of KINDS; corrected: words that were searched instead.

    page: the one that is shown.
    """

    words: str
    parts: tuple[Part, ...]
    corrected: str = ""
    page: int = 1
    is_ready: bool = True

    @property
    def total(self) -> int:
        return sum(part.total for part in self.parts)


def search_site(words: str, *, slug: str = "", page: int = 1) -> Found:
    """What the site answers to these words: a little of every kind, or one page of the kind of this slug."""
    asked = " ".join(words.split())[:LONGEST]
    if not asked:
        return Found("", ())
    kinds = [kind for kind in KINDS if kind.slug == slug] or list(KINDS)
    size = MANY if len(kinds) == 1 else FEW
    parts, is_ready = [], True
    for kind in kinds:
        query = Query(
            text=asked, kinds=frozenset({kind.code}), page=page if len(kinds) == 1 else 1, page_size=size,
            with_facets=False,
        )  # fmt: skip
        answer = search.search(query)
        if answer.total and not answer.rows:  # beyond the last page, which is then shown
            page = -(-min(answer.total, MAX_ROWS) // size)
            answer = search.search(replace(query, page=page))
        is_ready = is_ready and answer.state == "ready"
        if answer.total:
            parts.append(Part(kind, answer.total, tuple(answer.rows), _all(kind, asked), answer.corrected_text))
    return Found(asked, tuple(parts), next((one.corrected for one in parts if one.corrected), ""), page, is_ready)


def _all(kind: Kind, words: str) -> str:
    if kind.elsewhere:
        return f"{kind.elsewhere}?{urlencode({'q': words})}"
    return f"?{urlencode({'q': words, 'sorte': kind.slug})}"
