"""The texts of aids: HTML that others wrote, made harmless; and what of it can be searched."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

TAGS = {
    "p", "br", "ul", "ol", "li", "strong", "em", "h3", "a", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
# Titles of the source would break the order of ours.
_TITLES = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)
_BOLD = re.compile(r"<(/?)(?:b|i)\b[^>]*>", re.IGNORECASE)
_BARE_LINK = re.compile(r'<a rel="[^"]*">(.*?)</a>', re.DOTALL)
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
        parts = re.split(r"\n\s*\n", said.replace("\r\n", "\n"))
        said = "".join(f"<p>{escape(unescape(part.strip()), quote=False)}</p>" for part in parts)
    said = _TITLES.sub(r"<\1h3>", said)
    said = _BOLD.sub(r"<\1strong>", said)
    kept = nh3.clean(
        said, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )  # fmt: skip
    # Of a link that led somewhere else than the web, the words stay.
    kept = _BARE_LINK.sub(r"\1", kept).strip()
    return kept if "<" in kept or not kept else f"<p>{kept}</p>"


def bare(text: str) -> str:
    """The words of a clean text, on one line."""
    return " ".join(unescape(_TAG.sub(" ", text)).split())
