"""What is printed of a vote: the ballot to fill in by hand, the position that consent made and its signatories.

Neighbours: `ui/print/ballot.typ` and `position.typ` lay them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from maillage.choosing import phrases
from maillage.choosing.enums import Answer, Method
from maillage.choosing.models import CollegeFollowing, Consultation, Option
from maillage.choosing.queries.results import Table, shown
from maillage.choosing.queries.signatories import Signatory, signatories
from ui import french
from ui.print.code import QR_FILE, qr_svg
from ui.print.compile import typeset_once

HOW = {
    Method.CONSENT: "Cochez une seule case. Pour une objection, dites pourquoi.",
    Method.DOTS: "Écrivez dans chaque case le nombre de points que vous donnez. Vous avez {dots} en tout.",
    Method.RANKING: "Écrivez 1 à côté de votre préférée, puis 2, 3… Vous pouvez en laisser de côté.",
}


def pdf_of(consultation: Consultation, options: Sequence[Option], territory: str, on: date) -> bytes:
    """The tagged PDF of this ballot; the same facts give the same bytes."""
    address = f"{settings.SITE_URL}{consultation.get_absolute_url()}"
    data = sheet_of(consultation, options, territory, address)
    return typeset_once("ballot", data, {QR_FILE: qr_svg(address)}, on=on)


def sheet_of(consultation: Consultation, options: Sequence[Option], territory: str, address: str) -> dict[str, Any]:
    """What stands on the sheet, as `ballot.typ` reads it."""
    method = Method(consultation.method)
    lines = [{"label": str(option), "brief": option.description} for option in options]
    if method == Method.CONSENT:
        lines = [{"label": str(answer.label), "brief": ""} for answer in Answer]
    ends = timezone.localtime(consultation.closes_at)
    return {
        "title": consultation.question,
        "eyebrow": "Bulletin de vote (donnée d’exemple)" if consultation.is_example else "Bulletin de vote",
        "how": HOW[method].format(dots=phrases.dots_words(consultation.dots or 0)),
        "lines": lines,
        "asks_reason": method == Method.CONSENT,
        "advisory": phrases.ADVISORY,
        "until": f"À rendre avant le {french.day(ends, weekday=True)} à {french.time(ends)}.",
        "secret": "Ne signez pas ce bulletin\u00a0: le vote est secret." if consultation.is_secret else "",
        "qr_file": QR_FILE,
        "qr_text": "Voter en ligne, ou lire de quoi il s’agit",
        "url": address.split("://", 1)[-1].rstrip("/"),
        "territory": territory,
    }


def position_pdf(consultation: Consultation, territory: str) -> bytes:
    """The tagged PDF of a closed vote by consent, dated of the day it last changed; organisations, never people."""
    address = f"{settings.SITE_URL}{consultation.get_absolute_url()}"
    data = position_of(consultation, territory, address)
    on = timezone.localdate(consultation.changed_at)
    return typeset_once("position", data, {QR_FILE: qr_svg(address)}, on=on)


def position_of(consultation: Consultation, territory: str, address: str) -> dict[str, Any]:
    """What stands on the sheet, as `position.typ` reads it; the consultation has its result and its measure."""
    assert consultation.closed_at is not None
    result = shown(consultation, [], list(consultation.colleges.order_by("pk")))
    kind = "Position du territoire" if consultation.result_is_consent else "Texte mis au consentement"
    followed = CollegeFollowing.objects.filter(college__consultation=consultation).select_related("college")
    signed = signatories(consultation)
    return {
        "title": consultation.question,
        "eyebrow": f"{kind} (donnée d’exemple)" if consultation.is_example else kind,
        "state": result.sentences[0],
        "until": f"Décompte du {french.day(timezone.localtime(consultation.closed_at), weekday=True)}.",
        "text": _paragraphs(consultation.explanation),
        "answers": f"Répond à la mesure «\u00a0{consultation.measure}\u00a0»." if consultation.measure else "",
        "table": _figures(result.by_college or result.turnout),
        "notes": [*result.sentences[1:], *_notes(consultation, by_college=result.by_college is not None)],
        "decision": _decision(consultation),
        "no_decision": f"{phrases.ADVISORY} La décision n’est pas encore écrite.",
        "followings": [
            {"label": one.college.label, "value": f"{one.get_followed_display()}. {one.why}".strip()}
            for one in followed.order_by("pk")
        ],
        "signed": [{"title": title, "names": names} for title, names in _signed(signed)],
        "no_name": _no_name(consultation, signed),
        "qr_file": QR_FILE,
        "qr_text": "La page de cette consultation, avec tous ses bulletins\u00a0:",
        "url": address.split("://", 1)[-1].rstrip("/"),
        "territory": territory,
        "source": f"{territory}. Chaque voix pèse autant\u00a0; le décompte peut être refait depuis la page.",
    }


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _figures(table: Table) -> dict[str, Any]:
    rows = [[cell.value for cell in row] for row in table.rows]
    return {"caption": table.caption, "head": [column.label for column in table.columns], "rows": rows}


def _notes(consultation: Consultation, *, by_college: bool) -> list[str]:
    assert consultation.result is not None
    whole = consultation.result["tally"]["whole"]
    counted = [french.plural(whole["ballots"], "bulletin"), french.plural(whole["reserve"], "réserve")]
    counted.append(french.plural(whole["object"], "objection"))
    said = [f"En tout\u00a0: {', '.join(counted)}."]
    return said if by_college else [*said, phrases.NOT_BY_COLLEGE]


def _decision(consultation: Consultation) -> list[str]:
    if consultation.decided_at is None:
        return []
    on = french.day(timezone.localtime(consultation.decided_at))
    return [*_paragraphs(consultation.decision), f"Décision écrite le {on}."]


def _signed(signed: Sequence[tuple[str, list[Signatory]]]) -> list[tuple[str, list[str]]]:
    """Those who consent, with or without a reservation: an objection is no signature."""
    against = str(Answer.OBJECT.label)
    return [
        (f"{answer} ({french.number(len(rows))})", [_line(one) for one in rows])
        for answer, rows in signed
        if answer != against
    ]


def _line(one: Signatory) -> str:
    return f"{one.name}\u00a0: {one.reason}" if one.reason else one.name


def _no_name(consultation: Consultation, signed: Sequence[tuple[str, list[Signatory]]]) -> str:
    if consultation.is_secret:
        return phrases.NOBODY_IS_NAMED
    return "" if _signed(signed) else phrases.NO_SIGNATORY
