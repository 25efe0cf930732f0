"""How French text becomes words, for documents and for what people type.

Words: a word is folded (lower case, no accent, ligatures opened: `Pœuilly` is `poeuilly`), a stem is its root.
Hyphens and apostrophes part words. Nothing is dropped from documents: little words leave only the
questions, and only when another word stays, so that the commune `Y` and the word `de` remain findable.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import tantivy

MAX_CHARACTERS = 1_000
MAX_WORDS = 12
MAX_WORD_LENGTH = 40

LITTLE_WORDS_FILE = Path(__file__).resolve().parent.parent / "data" / "little_words.txt"
LITTLE_WORDS = frozenset(
    word
    for line in LITTLE_WORDS_FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACED_IDENTIFIER = re.compile(r"(?<![0-9])((?:[0-9][  .\-]?){13}[0-9]|(?:[0-9][  .\-]?){8}[0-9])(?![0-9])")


def _builder() -> tantivy.TextAnalyzerBuilder:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{N}\p{M}]+"))
        .filter(tantivy.Filter.remove_long(MAX_WORD_LENGTH))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )


_WORDS = _builder().build()
_STEMS = _builder().filter(tantivy.Filter.stemmer("french")).build()


def register(index: tantivy.Index) -> None:
    """Tell an index the two analyzers its schema names."""
    index.register_tokenizer("fr_words", _WORDS)
    index.register_tokenizer("fr_stems", _STEMS)


def clean(text: str) -> str:
    """Return the text with composed accents; control characters and lone surrogates become spaces."""
    return unicodedata.normalize("NFC", _UNSAFE.sub(" ", text))


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order: `Épicerie d'insertion` is epicerie, d, insertion."""
    return list(_WORDS.analyze(clean(text)))


def stems(text: str) -> list[str]:
    """Return the stems of a text, one for each of its `words`."""
    return list(_STEMS.analyze(clean(text)))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of one folded word."""
    found = _STEMS.analyze(word)
    return str(found[0]) if found else word


def fold(text: str) -> str:
    """Return the words of a text joined by spaces: the key names are sorted and compared by."""
    return " ".join(words(text))


def asked_words(text: str) -> tuple[list[str], bool]:
    """Return the words of a question that matter, and whether some of the text was left aside.

    Spaced identifiers (`123 456 789`) are joined; at most MAX_WORDS different words out of the first
    MAX_CHARACTERS characters are kept.
    """
    shortened = len(text) > MAX_CHARACTERS
    text = clean(text[:MAX_CHARACTERS])
    text = _SPACED_IDENTIFIER.sub(lambda found: re.sub(r"[^0-9]", "", found[0]), text)
    typed = list(dict.fromkeys(words(text)))
    kept = [word for word in typed if word not in LITTLE_WORDS] or typed
    return kept[:MAX_WORDS], shortened or len(kept) > MAX_WORDS
