"""Put themes of needs to the vote, and tell what became of them: whoever said a need hears of it.

Neighbours: `needs.actions` writes the turn and the letters; `opening` and `closing` call here.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from maillage.accounts.models import User
from maillage.choosing import phrases
from maillage.choosing.actions.ground import ConsultationRefused
from maillage.choosing.models import Consultation, Option
from maillage.needs import actions as needs
from maillage.needs.models import Theme

LONGEST_REASON = 400


def themes_to_the_vote(consultation: Consultation, *, by: User | None, at: datetime) -> None:
    """Each theme of an option hears that it is voted. Raises ConsultationRefused when one may not be by now."""
    for _, theme in _themes(consultation):
        try:
            needs.put_to_vote(theme=theme, address=consultation.get_absolute_url(), by=by, at=at)
        except needs.NeedRefused as refusal:
            raise ConsultationRefused(phrases.THEME_REFUSED.format(theme=theme.title, why=refusal.phrase)) from refusal


def settle_themes(
    consultation: Consultation, *, chosen: Collection[str], reason: str, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Each theme hears whether it is chosen, and why. chosen: letters of options. A theme that moved on is left."""
    told = reason if len(reason) <= LONGEST_REASON else f"{reason[: LONGEST_REASON - 1]}…"
    for option, theme in _themes(consultation):
        try:
            needs.settle(
                theme=theme, is_chosen=option.letter in chosen, reason=told, by=by, at=at,
                address=consultation.get_absolute_url(),
            )  # fmt: skip
        except needs.NeedRefused:
            continue


def _themes(consultation: Consultation) -> list[tuple[Option, Theme]]:
    options = [one for one in consultation.options.order_by("letter") if one.theme_key]
    known = {theme.slug: theme for theme in Theme.objects.filter(slug__in=[one.theme_key for one in options])}
    return [(one, known[one.theme_key]) for one in options if one.theme_key in known]
