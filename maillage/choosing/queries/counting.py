"""Read the ballots back and count them: at the closing, for `maillage tally`, for the file that anybody counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from maillage.choosing.enums import Channel, Method
from maillage.choosing.models import Ballot, Consultation
from maillage.choosing.receipts import FINGERPRINT
from maillage.choosing.tally import Vote, tally
from maillage.kernel.dated import dated_value

COMPARED = (
    ("tally", "le décompte"),
    ("ballots", "le nombre de bulletins par voie"),
    ("electors", "le nombre de voix"),
)
RULES = Path(__file__).parent.parent / "data/rules.json"


def letters_of(consultation: Consultation) -> list[str]:
    """The options, in order."""
    return list(consultation.options.order_by("letter").values_list("letter", flat=True))


def votes_of(consultation: Consultation) -> list[Vote]:
    """Every live ballot as `tally` reads it."""
    rows = Ballot.objects.filter(consultation=consultation).order_by("pk").values_list("college__key", "content")
    return [Vote(college, content) for college, content in rows]


def count(consultation: Consultation) -> dict[str, Any]:
    """What the ballots say now: {"tally", "electors": {college: voices}, "ballots": {channel: number}}."""
    voices = Count("electors", filter=Q(electors__has_voted=True) | Q(is_open=False))
    colleges = list(consultation.colleges.annotate(voices=voices).order_by("pk"))
    channels = Ballot.objects.filter(consultation=consultation).values("channel").annotate(number=Count("pk"))
    told = {row["channel"]: row["number"] for row in channels.order_by("channel")}
    keys = [college.key for college in colleges]
    return {
        "tally": tally(consultation.method, letters_of(consultation), votes_of(consultation), keys),
        "electors": {college.key: getattr(college, "voices") for college in colleges},  # noqa: B009 — annotated
        "ballots": {channel: told.get(channel, 0) for channel in Channel.values},
    }  # fmt: skip


def votes_shown_by_college(consultation: Consultation, at: datetime) -> bool:
    """May the result by college be shown? Always, unless the vote is secret and a college that voted is too small.

    One small college hides all of them: it could be found by subtraction.
    """
    if not consultation.is_secret:
        return True
    least = dated_value(RULES, "choosing.least_secret_ballots", on=timezone.localdate(at))
    cast = Ballot.objects.filter(consultation=consultation).values("college").annotate(number=Count("pk"))
    return all(row["number"] >= least for row in cast)


def differences(consultation: Consultation) -> list[str]:
    """What does not hold of a closed consultation, in French: recomputed, compared with the kept result; ticks."""
    kept, found = consultation.result or {}, []
    again = count(consultation)
    for name, words in COMPARED:
        if kept.get(name) != again[name]:
            found.append(f"{words} recalculé n’est pas celui qui est affiché")
    ballots = Ballot.objects.filter(consultation=consultation)
    ticked = consultation.electors.filter(has_voted=True, on_paper=False).count()
    online = ballots.filter(channel=Channel.WEB).count() if consultation.is_secret else ballots.count()
    if ticked != online:
        found.append(f"{online} bulletins pour {ticked} voix cochées")
    return found


def ballot_rows(consultation: Consultation) -> Iterator[list[str]]:
    """The file of ballots, a header first: fingerprint, college, channel, then what is counted; in no telling order.

    Reasons are not in it (they may name somebody); the college neither, when results are not shown by college.
    """
    letters = letters_of(consultation)
    is_shown = bool(consultation.result and consultation.result["colleges_shown"])
    asked = ["reponse"] if consultation.method == Method.CONSENT else letters
    yield ["empreinte", "college", "voie", *asked]
    rows = Ballot.objects.filter(consultation=consultation).order_by("receipt_digest")
    for digest, college, channel, content in rows.values_list("receipt_digest", "college__key", "channel", "content"):
        yield [digest[:FINGERPRINT], college if is_shown else "", channel, *_cells(content, letters)]


def _cells(content: dict[str, Any], letters: list[str]) -> list[str]:
    if "answer" in content:
        return [content["answer"]]
    if "dots" in content:
        return [str(content["dots"].get(letter, 0)) for letter in letters]
    ranks = {letter: rank for rank, letter in enumerate(content["ranking"], 1)}
    return [str(ranks.get(letter, "")) for letter in letters]
