"""The fields of the Tantivy index, and how a document enters them.

Words: the epoch is the number of the base (see `base`) that was current when a document was written; a
tombstone is an empty document that says an object of the base has gone.
"""

from __future__ import annotations

from functools import cache

import tantivy

from maillage.search.engine import analysis
from maillage.search.engine.documents import Document, fingerprint_of

VERSION = 4  # raise it when fields, analyzers or kinds change: an index of another version asks for a rebuild
# How many times a title is told to the index: BM25 saturates, so three tellings weigh about one and a half.
TITLE_TELLINGS = 3
PLACE_TELLINGS = 2
GONE = "~gone"  # the tag of tombstones


@cache
def schema() -> tantivy.Schema:
    """Return the fields.

    text: stems with frequencies, what is matched and scored · words: unstemmed, the vocabulary of typos and
    completions · title_words: what suggestions match · tag: `facet:value`, pushed into scored queries ·
    rank: good documents first, the order of the index, so that equal scores come in it.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("uid", indexed=True, fast=True)
    builder.add_unsigned_field("rank", fast=True)
    builder.add_unsigned_field("epoch", indexed=True, fast=True)
    builder.add_unsigned_field("print", fast=True)
    builder.add_text_field("text", tokenizer_name="fr_stems", index_option="freq")
    builder.add_text_field("words", tokenizer_name="fr_words", index_option="basic")
    builder.add_text_field("title_words", tokenizer_name="fr_words", index_option="basic")
    builder.add_text_field("tag", tokenizer_name="raw", index_option="basic")
    builder.add_float_field("latitude", fast=True)
    builder.add_float_field("longitude", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def create(path: str) -> tantivy.Index:
    """Make an empty index in an empty folder."""
    index = tantivy.Index(schema(), path=path, reuse=False, sort_by_field="rank")
    analysis.register(index)
    index.config_reader("manual")
    return index


def open_index(path: str) -> tantivy.Index:
    """Open an index for reading. Raises ValueError when it is not there or cannot be read."""
    index = tantivy.Index.open(path)
    analysis.register(index)
    index.config_reader("manual")
    return index


def tags_of(document: Document) -> list[str]:
    """Return the tags that filters push into a query."""
    tags = [f"{name}:{value}" for name, values in document.facets.items() for value in values]
    return [f"kind:{document.kind}", *tags]


def entry(document: Document, epoch: int) -> tantivy.Document:
    """Return what the index keeps of a document."""
    title, secondary, body = texts = document.texts()
    stored = document.stored()
    fields: dict[str, object] = {
        "uid": document.uid,
        "rank": (100 - document.quality) << 48 | document.uid >> 15,
        "epoch": epoch,
        "print": fingerprint_of(stored, texts),
        "text": [*[title] * TITLE_TELLINGS, *[secondary] * PLACE_TELLINGS, body],
        "words": [title, secondary, body],
        "title_words": " ".join((title, *map(analysis.clean, document.aliases))),
        "tag": [analysis.clean(tag) for tag in tags_of(document)],
        "stored": stored,
    }
    if document.latitude is not None:
        fields["latitude"], fields["longitude"] = float(document.latitude), float(document.longitude or 0.0)
    return tantivy.Document.from_dict(fields, schema())


def tombstone(uid: int, epoch: int) -> tantivy.Document:
    """Return what the index keeps of an object of the base that has gone."""
    fields = {"uid": uid, "rank": 1 << 62, "epoch": epoch, "print": 0, "tag": GONE, "stored": b""}
    return tantivy.Document.from_dict(fields, schema())
