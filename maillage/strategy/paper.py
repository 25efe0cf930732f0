"""The sheet of one measure, on A4: to hand out at a meeting, to hang, to keep with a file.

Neighbours: `ui/print/measure.typ` lays it out.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from maillage.strategy import phrases
from maillage.strategy.models import Step
from maillage.strategy.queries.budget import budget_of
from maillage.strategy.queries.standings import Standing
from ui import french
from ui.print.code import QR_FILE, qr_svg
from ui.print.compile import typeset_once

MOST_NEWS = 3


def pdf_of(standing: Standing, on: date) -> bytes:
    """The tagged PDF of this measure as it stands that day; the same day and facts give the same bytes."""
    address = f"{settings.SITE_URL}{standing.measure.get_absolute_url()}"
    files = {QR_FILE: qr_svg(address)}
    return typeset_once("measure", sheet_of(standing, on, address), files, on=on)


def sheet_of(standing: Standing, on: date, address: str) -> dict[str, Any]:
    """What stands on the sheet, as `measure.typ` reads it."""
    measure = standing.measure
    news = measure.news.order_by("-news_date", "-pk")[:MOST_NEWS]
    where = phrases.PAPER_AXIS.format(number=measure.axis.number) if measure.axis else phrases.PAPER_BODY
    day = None if standing.is_late else measure.state_since
    since = phrases.PAPER_SINCE.format(day=french.day(day)) if day else ""
    return {
        "title": measure.title,
        "eyebrow": f"{where} {measure.code}",
        "lead": measure.summary,
        "state": f"{standing.label}{since}",
        "reason": measure.state_note,
        "facts": [{"label": label, "value": value} for label, value in _facts(standing) if value],
        "steps": [{"title": step.title, "when": _when(step, on)} for step in standing.steps],
        "steps_title": phrases.PAPER_STEPS.format(
            done=french.plural(standing.done_count, "faite"), total=len(standing.steps)
        ) if standing.steps else phrases.PAPER_NO_STEPS_TITLE,
        "no_step": phrases.PAPER_NO_STEP,
        "news": [{"day": french.day(one.news_date), "text": one.text} for one in news],
        "news_title": phrases.PAPER_NEWS,
        "qr_file": QR_FILE,
        "qr_text": phrases.PAPER_CODE,
        "url": address.split("://", 1)[-1].rstrip("/"),
        "territory": measure.strategy.territory.name,
        "source": phrases.PAPER_SOURCE.format(title=measure.strategy.title, day=french.day(on)),
    }  # fmt: skip


def _facts(standing: Standing) -> list[tuple[str, str]]:
    measure = standing.measure
    until = french.day(measure.end_date) if measure.end_date else ""
    money = [f"{french.euros(euros)} ({stage.label.lower()})" for stage, euros in budget_of(measure).by_stage]
    return [
        ("Portée par", measure.carried_by),
        ("Avec", measure.partners),
        ("Début", french.day(measure.start_date) if measure.start_date else ""),
        ("Fin prévue", until),
        ("Budget", ", ".join(money)),
        ("Aussi dans", ", ".join(measure.framework_labels)),
    ]


def _when(step: Step, on: date) -> str:
    who = f", par {step.who}" if step.who else ""
    if step.done_date:
        return phrases.PAPER_DONE.format(day=french.day(step.done_date)) + who
    if step.due_date is None:
        return phrases.PAPER_UNDATED + who
    pattern = phrases.PAPER_LATE if step.due_date < on else phrases.PAPER_DUE
    return pattern.format(day=french.day(step.due_date)) + who
