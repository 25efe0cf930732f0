"""Points of admissibility as the site can tell them; a human confirms each."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.calls import keys
from maillage.calls.enums import Step
from maillage.calls.models import AdmissibilityCheck, Application
from maillage.calls.phrases import review as phrases
from maillage.calls.queries.missing import misfits, missing
from maillage.calls.queries.own import closing_for, receipt_of
from ui import french

# Which pages of what is missing speak of which point.
_OF_STEP = {Step.PIECES: "pieces", Step.BUDGET: "budget", Step.PLEDGES: "pledges"}


@dataclass(frozen=True)
class Point:
    """item: key; is_met: what the site computed; words: why, French; check: what somebody said, None yet."""

    item: str
    label: str
    is_met: bool
    words: str
    check: AdmissibilityCheck | None

    @property
    def answer(self) -> str:
        """What a human said of it, in French."""
        if self.check is None:
            return "pas encore regardé"
        return "rempli" if self.check.is_met else "pas rempli"


def points_of(application: Application) -> list[Point]:
    """In the order of the list, each computed afresh; some ten queries."""
    trouble = _troubles(application)
    checks = {one.item: one for one in application.checks.select_related("by")}
    when = french.day(application.submitted_at) if application.submitted_at else ""
    return [
        Point(
            item, label, item not in trouble, trouble.get(item) or phrases.MET[item].format(when=f"le {when}"),
            checks.get(item),
        )
        for item, label in phrases.ITEMS.items()
    ]  # fmt: skip


def _troubles(application: Application) -> dict[str, str]:
    """{point: why it does not seem met}."""
    found: dict[str, list[str]] = {}
    first = receipt_of(application)
    sent_at = first.at if first else application.submitted_at
    closes = closing_for(application, sent_at) if sent_at else None
    if sent_at is not None and closes is not None and sent_at > closes:
        found["delay"] = [phrases.LATE.format(when=f"le {french.day(sent_at)}")]
    call, organisation = application.call, application.organisation
    out_of_place = set(misfits(call, organisation, application.commune)) - set(misfits(call, organisation, None))
    found["place"] = sorted(out_of_place)
    found["family"] = misfits(call, organisation, None)
    for lack in missing(application):
        item = "dates" if lack.key in ("starts_on", "ends_on") else _OF_STEP.get(lack.step)
        if lack.key == "requested":
            item = "budget"
        if item:
            found.setdefault(item, []).append(lack.words)
    return {item: " ".join(words) for item, words in found.items() if words}


def answers_of(application: Application) -> list[tuple[str, str]]:
    """(question, answer) of the call's own questions, as they were submitted."""
    told = ((one["label"], application.answers.get(one["key"])) for one in keys.asked_blocks(application))
    return [(label, _said(value)) for label, value in told if keys.has_value(value)]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
