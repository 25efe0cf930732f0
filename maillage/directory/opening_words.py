"""Opening hours as people write them, turned into OpenStreetMap's syntax; the way back from `opening_hours.in_french`.

« du lundi au vendredi : 9h-12h et 14h-17h30 ; fermé le 15 août » → "Mo-Fr 09:00-12:00,14:00-17:30; Aug 15 off".
Words: a *line* is one rule, between semicolons or line breaks; within it the days come first, then the hours.
What cannot be read is refused with its line; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from maillage.directory.opening_hours import DAYS, MONTHS, RANKS, in_french, is_readable
from maillage.kernel.text import fold

EXAMPLE = "du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h\u00a0; le samedi, de 10 h à midi"


class HoursUnread(Exception):
    """These words are no hours; `phrase` says which and shows how to write them, in French."""

    def __init__(self, line: str) -> None:
        self.phrase = f"Nous n’avons pas compris «\u00a0{line.strip()}\u00a0». Écrivez par exemple\u00a0: {EXAMPLE}."
        super().__init__(self.phrase)


_LONG = {fold(word): code for code, word in DAYS.items()}
_DAY_CODES = {
    **_LONG,
    **{f"{word}s": code for word, code in _LONG.items()},
    **{word[:3]: code for word, code in _LONG.items()},
}
_MONTH_CODES = {fold(word): code for code, word in MONTHS.items()}
_RANK_CODES = {fold(word): code for code, word in RANKS.items()} | {"1er": "1", "2e": "2", "3e": "3", "4e": "4"}
_NAMED = (
    ("tous les jours", "Mo-Su"), ("7 jours sur 7", "Mo-Su"), ("7j 7", "Mo-Su"), ("chaque jour", "Mo-Su"),
    ("en semaine", "Mo-Fr"), ("le week end", "Sa-Su"), ("week end", "Sa-Su"), ("jours feries", "PH"),
    ("vacances scolaires", "SH"),
)  # fmt: skip
_DAY = "|".join(sorted(_DAY_CODES, key=len, reverse=True))
_MONTH = "|".join(_MONTH_CODES)
_RANK = "|".join(_RANK_CODES)
_RANKED = re.compile(rf"(?:les? )?((?:{_RANK})(?:(?: et| ,)? (?:{_RANK}))*) ({_DAY})(?: du mois| de chaque mois)?")
_RANGE = re.compile(rf"(?:du )?({_DAY})(?: au| a| -) ({_DAY})")
_SINGLE = re.compile(rf"(?:(?:le|les|tous les) )?({_DAY})")
_SEASON = re.compile(
    rf"(?:de |d |du mois de )?({_MONTH}) (?:a|au|-) ({_MONTH})|(?:en |au mois de |au mois d )({_MONTH})"
)
_DATES = re.compile(rf"du (\d{{1,2}}|1er) (?:({_MONTH}) )?au (\d{{1,2}}|1er) ({_MONTH})")
_DATE = re.compile(rf"(?:le )?(\d{{1,2}}|1er) ({_MONTH})")
_CLOCK = r"(?:midi|minuit|\d{1,2} ?(?:heures?|h|:)(?: ?\d{2}(?! ?[h:\d]))?|\d{1,2}(?= ?[-a/]))"
_SPAN = re.compile(rf"(?:de )?({_CLOCK}) ?(?:-|a|/) ?({_CLOCK})")
_FROM = re.compile(rf"(?:a partir de|des) ({_CLOCK})")
_ROUND = re.compile(r"24 ?h(?:eures)? ?(?:/|sur) ?24(?: ?h)?")
_CLOSED = re.compile(r"^(?:est )?ferm(?:e|ee|es|ees|eture)\b|\bferm(?:e|ee|es|ees)$")
_OPEN = re.compile(r"^(?:est |nous sommes )?ouvert(?:e|s|es|ure)?\b")
_BY_APPOINTMENT = re.compile(r"\bsur (?:rendez vous|rdv)\b")


def in_osm(text: str) -> str:
    """OpenStreetMap's syntax for these words; a text already in that syntax stays as it is, "" stays "".

    Raises HoursUnread.
    """
    text = " ".join(text.replace("\r", "\n").replace("\n", ";").split())
    if not text or is_readable(text):
        return text
    lines = [line for line in re.split(r";", text) if line.strip(" .")]
    told = "; ".join(_line(line) for line in lines)
    if not is_readable(told):
        raise HoursUnread(text)
    return told


def in_words(text: str) -> str:
    """The hours on one line of French that `in_osm` reads back to the same; else the text as it is."""
    spoken = "\u00a0; ".join(in_french(text))
    try:
        return spoken if spoken and in_osm(spoken) == _plain(text) else text
    except HoursUnread:
        return text


def _plain(text: str) -> str:
    """The spacing that `in_osm` gives."""
    return re.sub(r"\s*;\s*", "; ", re.sub(r"(?<=\d),\s+(?=\d)", ",", text.strip().rstrip(";")))


def _line(line: str) -> str:
    words, comment = _without_comment(line)
    rules: list[str] = []
    while words or not rules:
        rule, rest = _rule(words, comment, line)
        if rest == words and rest:
            raise HoursUnread(line)
        rules.append(rule)
        words = _joint(rest) if rest.strip(" ,:") else ""
    return "; ".join(rules)


def _rule(words: str, comment: str, line: str) -> tuple[str, str]:
    """One rule from the beginning of a line, and the rest: « du lundi au jeudi 9h-17h, vendredi 9h-12h » has two."""
    is_closed = bool(_CLOSED.search(words))
    days, rest = _days(_OPEN.sub("", _CLOSED.sub("", words)).strip())
    times, rest = _times(rest)
    if is_closed:
        if not days or times:
            raise HoursUnread(line)
        return f"{days} off", rest
    if not (times or comment):
        raise HoursUnread(line)
    return " ".join(filter(None, (days, times, f'"{comment}"' if comment else ""))), rest


def _folded(line: str) -> str:
    """Lower case without accents; dashes, colons, commas and slashes stay, since they part hours."""
    kept = re.sub(r"[–—]", "-", line).replace(".", " ")
    parts = re.split(r"([-:,/])", kept)
    bare = " ".join(part if part in "-:,/" else fold(part) for part in parts if part.strip())
    bare = re.sub(r"(?<=\d) : (?=\d\d\b)", ":", bare)
    return bare.replace(" ,", ",").replace("rendez - vous", "rendez vous").replace("week - end", "week end")


def _without_comment(line: str) -> tuple[str, str]:
    """The line, folded, without « sur rendez-vous » and what stands in parentheses; and that remark, as it was."""
    inside = re.search(r"\(([^()]*)\)", line)
    remark = inside[1].strip().replace('"', "") if inside else ""
    words = _folded(line.replace(inside[0], " ") if inside else line)
    if _BY_APPOINTMENT.search(words) or _BY_APPOINTMENT.search(_folded(remark)):
        return _BY_APPOINTMENT.sub(" ", words).strip(" ,:"), "sur rendez-vous"
    return words, remark


def _days(words: str) -> tuple[str, str]:
    """The season, then the days, in OpenStreetMap's words; and what comes after them."""
    season, words = _many(words, _season)
    days, words = _many(words, _some_days)
    return " ".join(filter(None, (season, days))), words


def _many(words: str, read: Callable[[str], tuple[str, str] | None]) -> tuple[str, str]:
    """As many pieces as `read` finds at the beginning, joined by commas; and the rest."""
    found: list[str] = []
    while True:
        start = _joint(words) if found else words.lstrip(" ,:")
        piece = read(start)
        if piece is None:
            return ",".join(found), words
        found.append(piece[0])
        words = piece[1]


def _joint(words: str) -> str:
    """Past « , », « et » and the like."""
    return re.sub(r"^\s*(?:(?:,|et\b|puis\b|:|/)\s*(?:et\s+)?)?", "", words)


def _season(words: str) -> tuple[str, str] | None:
    if found := _SEASON.match(words):
        first, last, alone = found.groups()
        code = _MONTH_CODES[alone] if alone else f"{_MONTH_CODES[first]}-{_MONTH_CODES[last]}"
        return code, words[found.end() :]
    if found := _DATES.match(words):
        first, last = _date(found[1], found[2] or found[4]), _date(found[3], found[4])
        return f"{first}-{last}", words[found.end() :]
    if found := _DATE.match(words):
        return _date(found[1], found[2]), words[found.end() :]
    return None


def _date(day: str, month: str) -> str:
    return f"{_MONTH_CODES[month]} {int(day.removesuffix('er')):02}"


def _some_days(words: str) -> tuple[str, str] | None:
    bare = re.sub(r"^(?:les |pendant les |et les )", "", words)
    for name, code in _NAMED:
        for said in (words, bare):
            if said.startswith(name):
                return code, said[len(name) :]
    if found := _RANKED.match(words):
        ranks = ",".join(_RANK_CODES[one] for one in re.findall(_RANK, found[1]))
        return f"{_DAY_CODES[found[2]]}[{ranks}]", words[found.end() :]
    if found := _RANGE.match(words):
        return f"{_DAY_CODES[found[1]]}-{_DAY_CODES[found[2]]}", words[found.end() :]
    if (found := _SINGLE.match(words)) and not re.match(r"[a-z]", words[found.end() : found.end() + 1]):
        return _DAY_CODES[found[1]], words[found.end() :].removeprefix(".")
    return None


def _times(words: str) -> tuple[str, str]:
    return _many(words.strip(" ,:"), _span)


def _span(words: str) -> tuple[str, str] | None:
    if found := _ROUND.match(words):
        return "00:00-24:00", words[found.end() :]
    if found := _FROM.match(words):
        return f"{_clock(found[1])}+", words[found.end() :]
    if found := _SPAN.match(words):
        end = _clock(found[2])
        return f"{_clock(found[1])}-{'24:00' if end == '00:00' else end}", words[found.end() :]
    return None


def _clock(words: str) -> str:
    if words in {"midi", "minuit"}:
        return "12:00" if words == "midi" else "00:00"
    numbers = re.findall(r"\d+", words)
    return f"{int(numbers[0]):02}:{numbers[1] if len(numbers) > 1 else '00'}"
