"""What a ballot may hold, and how it is told; pure, so that a page, a sheet of paper and a seed are read alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from maillage.choosing import phrases
from maillage.choosing.enums import Answer, Method

LONGEST_REASON = 600


class ContentRefused(ValueError):
    """The ballot says something that cannot be counted; `phrase` says what, `option` where ("" for the whole)."""

    def __init__(self, phrase: str, option: str = "") -> None:
        super().__init__(phrase)
        self.phrase, self.option = phrase, option


def checked(method: str, content: Mapping[str, Any], *, options: Sequence[str], dots: int) -> dict[str, Any]:
    """The same ballot in its one form: options in order, nothing that is not asked. Raises ContentRefused.

    options: letters in order; dots: how many one may give.
    """
    if method == Method.CONSENT:
        return _consent(content)
    if method == Method.DOTS:
        return _dots(content, options, dots)
    return _ranking(content, options)


def _consent(content: Mapping[str, Any]) -> dict[str, Any]:
    answer, reason = content.get("answer"), " ".join(str(content.get("reason") or "").split())
    if answer not in Answer.values:
        raise ContentRefused(phrases.CHOOSE_AN_ANSWER)
    if answer == Answer.OBJECT and not reason:
        raise ContentRefused(phrases.OBJECTION_NEEDS_REASON)
    if len(reason) > LONGEST_REASON:
        raise ContentRefused(phrases.REASON_TOO_LONG.format(most=LONGEST_REASON))
    return {"answer": str(answer), "reason": "" if answer == Answer.AGREE else reason}


def _dots(content: Mapping[str, Any], options: Sequence[str], dots: int) -> dict[str, Any]:
    given = _numbers(content.get("dots"), options)
    spent = sum(given.values())
    if not spent:
        raise ContentRefused(phrases.NO_DOT.format(dots=phrases.dots_words(dots)))
    if spent > dots:
        raise ContentRefused(phrases.TOO_MANY_DOTS.format(given=spent, dots=phrases.dots_words(dots)))
    return {"dots": {option: given[option] for option in options if given.get(option)}}


def _numbers(given: Any, options: Sequence[str]) -> dict[str, int]:
    """{option: whole number, zero or more}, of a mapping that anybody may have written."""
    if not isinstance(given, Mapping):
        raise ContentRefused(phrases.NOT_A_BALLOT)
    for option, number in given.items():
        if option not in options:
            raise ContentRefused(phrases.UNKNOWN_OPTION)
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise ContentRefused(phrases.NOT_A_NUMBER, option)
    return dict(given)


def _ranking(content: Mapping[str, Any], options: Sequence[str]) -> dict[str, Any]:
    given = content.get("ranking")
    if not isinstance(given, list | tuple):
        raise ContentRefused(phrases.NOT_A_BALLOT)
    if not given:
        raise ContentRefused(phrases.NO_RANK)
    if not set(given) <= set(options):
        raise ContentRefused(phrases.UNKNOWN_OPTION)
    if len(set(given)) < len(given):
        raise ContentRefused(phrases.RANKED_TWICE)
    return {"ranking": list(given)}


def from_ranks(ranks: Mapping[str, int | None]) -> dict[str, Any]:
    """A ballot from the rank written beside each option (None for no rank).

    Raises ContentRefused: no rank at all, the same rank twice, a rank that is left out (1, 3).
    """
    placed = {option: rank for option, rank in ranks.items() if rank is not None}
    if not placed:
        raise ContentRefused(phrases.NO_RANK)
    seen: dict[int, str] = {}
    for option, rank in placed.items():
        if rank in seen:
            raise ContentRefused(phrases.SAME_RANK.format(first=seen[rank], second=option, rank=rank), option)
        seen[rank] = option
    for place, rank in enumerate(sorted(seen), 1):
        if rank != place:
            raise ContentRefused(phrases.MISSING_RANK.format(missing=place, rank=rank), seen[rank])
    return {"ranking": [seen[rank] for rank in sorted(seen)]}


def ranks_in(content: Mapping[str, Any]) -> dict[str, int]:
    """{option: its rank}, the way back from `from_ranks`."""
    return {option: rank for rank, option in enumerate(content.get("ranking", ()), 1)}


def told(method: str, content: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    """A ballot in French, a line for each thing it says. titles: {letter: title}."""
    if method == Method.CONSENT:
        reason = content.get("reason")
        return [str(Answer(content["answer"]).label), *([phrases.REASON.format(reason=reason)] if reason else [])]
    if method == Method.DOTS:
        return [f"{titles[option]}\u00a0: {phrases.dots_words(number)}" for option, number in content["dots"].items()]
    return [f"{rank}. {titles[option]}" for option, rank in ranks_in(content).items()]
