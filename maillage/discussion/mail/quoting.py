"""What somebody wrote in an answer, without the letter they answered and what their mail program adds.

Mail programs of French and English readers: Gmail, Outlook (web, desktop, phone), Apple Mail, Thunderbird, Orange,
Yahoo, Proton, Zimbra. When in doubt the text stays: a few lines too many are better than words lost.
"""

from __future__ import annotations

import re

# « Le mar. 24 nov. 2026 à 10:02, Maillage <…> a écrit : », on one to three lines.
_ATTRIBUTION = re.compile(r"^[>\s]*(le\s.{4,250}?\sa\s+écrit\s*:|on\s.{4,250}?\swrote\s*:)\s*$", re.IGNORECASE)
# « Maillage <lettres@…> a écrit : », always on one line.
_NAMED = re.compile(
    r"^[>\s]*[^@<]{0,100}<?[^\s@<>]{1,100}@[^\s@<>]{1,200}>?\s+(a\s+écrit|wrote)\s*:\s*$", re.IGNORECASE
)
_DIVIDER = re.compile(
    r"^\s*[-_=*]{2,}\s*(message (d['’]origine|transféré|original)|mail original|e-?mail d['’]origine"
    r"|original (message|e-?mail)|forwarded message|message original|reply message)\s*[-_=*]{2,}\s*$",
    re.IGNORECASE,
)
_LINE = re.compile(r"^\s*[_]{8,}\s*$|^\s*-{20,}\s*$")
_HEADER = re.compile(
    r"^[\s*]*(de|from|envoyé|sent|date|à|to|cc|objet|subject|répondre à|reply-to)\s*\*?\s*:\*?\s*\S", re.IGNORECASE
)
_FIRST_HEADER = re.compile(r"^[\s*]*(de|from)\s*\*?\s*:\*?\s*\S", re.IGNORECASE)
_DEVICE = re.compile(
    r"^\s*(envoyé (de mon|depuis|à partir d|avec)|sent (from|with|using) |get outlook for|télécharger outlook pour"
    r"|provenance\s*:\s*courrier|obtenez outlook|garanti sans virus|virus-free)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^--\s*$")


def own_words(text: str) -> str:
    """The writer's own words, lines kept, blank lines around and doubled ones left out; "" when there are none."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u200b", "").split("\n")
    kept = _without_quote([line.replace("\xa0", " ").rstrip() for line in lines])
    kept = [line for line in kept if not line.startswith(">") and not _DEVICE.match(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _without_quote(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _SIGNATURE.match(lines[at]) or _begins_old_letter(lines, at):
            break
        long = _attribution_at(lines, at)
        if long:
            if not _is_quoted_below(lines, at + long):
                break
            at += long  # the answer stands below the quotation, or between its lines
            continue
        kept.append(lines[at])
        at += 1
    return kept


def _begins_old_letter(lines: list[str], at: int) -> bool:
    """A divider, or the headers of the old letter, with or without a line drawn above."""
    if _DIVIDER.match(lines[at]):
        return True
    begin = at + 1 if _LINE.match(lines[at]) else at
    following = [line for line in lines[begin : begin + 8] if line.strip()][:4]
    if not following or not _FIRST_HEADER.match(following[0]):
        return False
    return sum(bool(_HEADER.match(line)) for line in following) >= 3


def _attribution_at(lines: list[str], at: int) -> int:
    """How many lines « Le …, X a écrit : » takes here; 0 when it does not begin here."""
    if not lines[at].strip():
        return 0
    if _NAMED.match(lines[at]):
        return 1
    for long in (1, 2, 3):
        if at + long <= len(lines) and _ATTRIBUTION.match(" ".join(lines[at : at + long])):
            return long
    return 0


def _is_quoted_below(lines: list[str], at: int) -> bool:
    first = next((line for line in lines[at:] if line.strip()), "")
    return first.lstrip().startswith(">")
