"""From what people type to what Tantivy matches: built from words, never by a query parser.

So operators, quotes, brackets and colons are only characters that part words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from maillage.search.engine.analysis import asked_words, clean
from maillage.search.engine.schema import schema
from maillage.search.engine.synonyms import Part, Synonyms, default

MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
SYNONYM_WEIGHT = 0.6


@dataclass(frozen=True)
class Wording:
    """The words of a question: all parts must be met, each by one of its alternatives."""

    words: tuple[str, ...]
    parts: tuple[Part, ...]
    is_shortened: bool
    is_asked: bool  # False: no text was typed at all


def read(text: str, synonyms: Synonyms | None = None) -> Wording:
    """Return the wording of a text. A text without a single word asks for nothing that exists."""
    words, shortened = asked_words(text)
    parts = (synonyms or default()).parts(words)
    return Wording(tuple(words), parts, shortened, bool(text.strip()))


def term(text: str) -> tantivy.Query:
    """Return the query of one stem."""
    return tantivy.Query.term_query(schema(), "text", text, "freq")


def all_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Return what meets every query."""
    listed = list(queries)
    return listed[0] if len(listed) == 1 else tantivy.Query.boolean_query([(MUST, query) for query in listed])


def _part(part: Part) -> tantivy.Query:
    alternatives = [all_of(map(term, alternative)) for alternative in part]
    if len(alternatives) == 1:
        return alternatives[0]
    weighed = [alternatives[0]]
    weighed += [tantivy.Query.boost_query(other, SYNONYM_WEIGHT) for other in alternatives[1:]]
    return tantivy.Query.disjunction_max_query(weighed)


def scored(wording: Wording) -> tantivy.Query:
    """Return the query that matches and scores a wording."""
    if not wording.parts:
        return tantivy.Query.empty_query()
    return all_of(map(_part, wording.parts))


def unscored(query: tantivy.Query) -> tantivy.Query:
    """Return the query as a filter, which adds nothing to a score."""
    return tantivy.Query.const_score_query(query, 0.0)


def tagged(name: str, values: Iterable[str]) -> tantivy.Query:
    """Return the filter of one facet: any of its values."""
    return unscored(
        tantivy.Query.term_set_query(schema(), "tag", [clean(f"{name}:{value}") for value in sorted(values)])
    )


def known(uids: list[int]) -> tantivy.Query:
    """Return the filter of these documents."""
    return unscored(tantivy.Query.term_set_query(schema(), "uid", uids))
