"""Completions as one types, and the words that were probably meant."""

from __future__ import annotations

import re

import tantivy

from maillage.search.engine import wording
from maillage.search.engine.analysis import LITTLE_WORDS, MAX_CHARACTERS, clean, stem, words
from maillage.search.engine.documents import Record
from maillage.search.engine.question import Suggestion
from maillage.search.engine.schema import schema
from maillage.search.engine.view import View

_READ = 40  # titles looked at
_ENDINGS = 12  # most used words that complete the last one
_WORD = re.compile(r"[^\W_]+")


def _word(text: str) -> tantivy.Query:
    return wording.unscored(tantivy.Query.term_query(schema(), "title_words", text, "basic"))


def suggest(view: View, text: str, limit: int, kinds: frozenset[str]) -> list[Suggestion]:
    """Complete what is being typed: up to two words in use, then titles, at most limit in all."""
    typed = words(text[:MAX_CHARACTERS])[:8]
    if not typed or limit < 1:
        return []
    endings = _endings(view, typed[-1])
    if not endings:
        endings = likely(view, typed[-1])[:1]
    if not endings:
        return []
    before = [word for word in typed[:-1] if word not in LITTLE_WORDS]
    query = wording.all_of([*map(_word, before), _any(endings), *([wording.tagged("kind", kinds)] if kinds else [])])
    hits = view.searcher.search(query, _READ, count=False).hits
    records = [Record(bytes(view.searcher.doc(address)["stored"][0])) for _, address in hits]
    asked = " ".join(typed)
    records.sort(key=lambda record: _order(record, asked))
    titles = [Suggestion(record.title, record.kind, record.key, record.url) for record in records]
    completions = _completions(text, typed[-1], endings, records) if len(records) > 1 else []
    return [*completions[: min(2, limit - 1)], *titles][:limit]


def _any(endings: list[str]) -> tantivy.Query:
    return wording.unscored(tantivy.Query.term_set_query(schema(), "title_words", endings))


def _order(record: Record, asked: str) -> tuple[object, ...]:
    return (record.name != asked, not record.name.startswith(asked), -record.quality, record.name, record.uid)


def _endings(view: View, start: str) -> list[str]:
    if len(start) == 1:
        return [start] if view.searcher.doc_freq("title_words", start) else []
    return [term for term, _ in view.searcher.terms_with_prefix("title_words", start, limit=_ENDINGS)]


def _completions(text: str, start: str, endings: list[str], records: list[Record]) -> list[Suggestion]:
    """Offer the words as titles write them, accents included."""
    written: dict[str, str] = {}
    for record in records:
        for found in _WORD.findall(record.title):
            written.setdefault(" ".join(words(found)), found.lower())
    before = clean(text[:MAX_CHARACTERS]).rstrip()
    kept = before[: len(before) - len(_last_word(before))]
    return [Suggestion(kept + written[ending], "mot") for ending in endings if ending != start and ending in written]


def _last_word(text: str) -> str:
    found = _WORD.findall(text)
    return str(found[-1]) if found and text.endswith(found[-1]) else ""


def likely(view: View, word: str) -> list[str]:
    """Return the words in use one edit away from this one, the likeliest first."""
    return view.base.typos.candidates(word)


def corrected(view: View, asked: tuple[str, ...]) -> str:
    """Return the question with its unknown words replaced, or "" when nothing better is known."""
    mended: list[str] = []
    for word in asked:
        if _is_known(view, word):
            mended.append(word)
            continue
        candidates = likely(view, word)
        if not candidates:
            return ""
        mended.append(candidates[0])
    return " ".join(mended) if tuple(mended) != asked else ""


def _is_known(view: View, word: str) -> bool:
    return bool(view.searcher.doc_freq("words", word) or view.searcher.doc_freq("text", stem(word)))
