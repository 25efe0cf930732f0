"""The texts of aids: HTML that others wrote, made harmless; and what of it can be searched."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

TAGS = frozenset(
    [
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "h4",
        "h5",
        "a",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
# Titles of the source would break the order of ours.
_TITLES = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)
_BOLD = re.compile(r"<(/?)(?:b|i)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
LONGEST = 60_000


def clean_html(text: str) -> str:
    """The same text with a few plain tags, links that lead to the web or a mailbox, and nothing that acts.

    A text without any tag becomes paragraphs.
    """
    said = text.strip()
    if not said:
        return ""
    if "<" not in said:
        said = "".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in re.split(r"\n\s*\n|\r\n\r\n", said))
    said = _TITLES.sub(r"<\1h4>", said)
    said = _BOLD.sub(r"<\1strong>", said)
    return nh3.clean(
        said, tags=set(TAGS), attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    ).strip()  # fmt: skip


def bare(text: str) -> str:
    """The words of a clean text, on one line."""
    return " ".join(unescape(_TAG.sub(" ", text)).split())
