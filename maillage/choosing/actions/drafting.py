"""Prepare a consultation: what is asked, how, whom, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from maillage.accounts.models import User
from maillage.choosing import phrases
from maillage.choosing.actions.ground import ConsultationRefused, locked
from maillage.choosing.enums import Method, State
from maillage.choosing.models import Consultation, Option
from maillage.choosing.models.consultation import LETTERS, MOST_OPTIONS
from maillage.kernel.actions import journal
from maillage.kernel.registry import electorates
from maillage.kernel.text import fold
from maillage.needs.enums import REACHED_FROM, ThemeState
from maillage.needs.models import Theme
from maillage.strategy.models import Measure

LONGEST_LABEL = 160
VOTABLE = REACHED_FROM[ThemeState.TO_VOTE]


@dataclass(frozen=True)
class Draft:
    """All that is prepared. options: (label, in brief) in order, none for a consent; themes: slugs of themes of needs,
    each an option after them; electorates: keys of the registry; dots: by voice, None for other methods; paper_until:
    None for the end of the vote."""

    question: str
    method: str
    opens_at: datetime
    closes_at: datetime
    electorates: tuple[str, ...]
    explanation: str = ""
    options: tuple[tuple[str, str], ...] = ()
    themes: tuple[str, ...] = ()
    dots: int | None = None
    is_secret: bool = False
    paper_until: datetime | None = None
    measure: Measure | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of the consultation."""
        return {
            "question": self.question, "explanation": self.explanation, "method": self.method,
            "dots": self.dots if self.method == Method.DOTS else None, "is_secret": self.is_secret,
            "electorates": list(self.electorates), "opens_at": self.opens_at, "closes_at": self.closes_at,
            "paper_until": self.paper_until or self.closes_at, "measure": self.measure,
        }  # fmt: skip


def draft(*, what: Draft, by: User | None, at: datetime, is_example: bool = False) -> Consultation:
    """Keep a first draft, which nobody but agents sees. Raises ConsultationRefused."""
    check(what)
    with transaction.atomic():
        made = Consultation.objects.create(
            **what.facts, slug=_free_slug(what.question), made_by=by, changed_at=at, is_example=is_example
        )
        _write_options(made, what)
        journal(verb="draft", target=made, changes={"question": [None, what.question]}, by=by, at=at)
    return made


def revise(
    *, consultation: Consultation, what: Draft, by: User | None, at: datetime, seen_at: datetime | None
) -> Consultation:
    """Say it all anew, while it is a draft. seen_at: `changed_at` as the person saw it. Raises ConsultationRefused."""
    check(what)
    with transaction.atomic():
        kept = locked(consultation)
        if kept.state != State.DRAFT:
            raise ConsultationRefused(phrases.NOT_A_DRAFT)
        if kept.changed_at != seen_at:
            raise ConsultationRefused(phrases.MOVED)
        before = kept.question
        for name, value in what.facts.items():
            setattr(kept, name, value)
        kept.changed_at = at
        kept.save()
        kept.options.all().delete()
        _write_options(kept, what)
        journal(verb="revise", target=kept, changes={"question": [before, kept.question]}, by=by, at=at)
    return kept


def check(what: Draft) -> None:
    """Would this draft hold? Raises ConsultationRefused with the field."""
    if what.closes_at <= what.opens_at:
        raise ConsultationRefused(phrases.ENDS_BEFORE_START, "closes_at")
    if what.paper_until is not None and what.paper_until < what.closes_at:
        raise ConsultationRefused(phrases.PAPER_BEFORE_END, "paper_until")
    if not what.electorates or not set(what.electorates) <= electorates().keys():
        raise ConsultationRefused(phrases.NO_ELECTORATE, "electorates")
    if what.method == Method.DOTS and not what.dots:
        raise ConsultationRefused(phrases.DOTS_WANTED, "dots")
    _check_options(what)


def _check_options(what: Draft) -> None:
    options = _options(what)
    if what.method == Method.CONSENT:
        if options:
            raise ConsultationRefused(phrases.NO_OPTION_IN_CONSENT, "options")
        return
    if len(options) < 2:
        raise ConsultationRefused(phrases.FEW_OPTIONS, "options")
    if len(options) > MOST_OPTIONS:
        raise ConsultationRefused(phrases.MANY_OPTIONS.format(most=MOST_OPTIONS), "options")
    seen = set[str]()
    for letter, (label, _, _) in zip(LETTERS, options, strict=False):
        if len(label) > LONGEST_LABEL:
            raise ConsultationRefused(phrases.LONG_OPTION.format(letter=letter, most=LONGEST_LABEL), "options")
        if fold(label) in seen:
            raise ConsultationRefused(phrases.SAME_OPTION.format(label=label), "options")
        seen.add(fold(label))


def _options(what: Draft) -> list[tuple[str, str, str | None]]:
    """(label, in brief, slug of its theme). Raises ConsultationRefused for a theme that may not be voted."""
    themes = {one.slug: one for one in Theme.objects.filter(slug__in=what.themes, state__in=VOTABLE)}
    if set(what.themes) - themes.keys():
        raise ConsultationRefused(phrases.NO_SUCH_THEME, "themes")
    plain: list[tuple[str, str, str | None]] = [(label, brief, None) for label, brief in what.options]
    return plain + [(themes[slug].title, themes[slug].summary, slug) for slug in what.themes]


def _write_options(consultation: Consultation, what: Draft) -> None:
    Option.objects.bulk_create(
        Option(consultation=consultation, letter=letter, label=label, description=brief[:500], theme_key=theme)
        for letter, (label, brief, theme) in zip(LETTERS, _options(what), strict=False)
    )


def _free_slug(question: str) -> str:
    base = slugify(fold(question))[:70].strip("-") or "consultation"
    # Words of the room's own addresses.
    taken = {"voter", *Consultation.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if slug not in taken)
