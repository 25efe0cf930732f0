"""Put needs that are alike in one theme, and take one out again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from maillage.accounts.models import User
from maillage.kernel.actions import journal
from maillage.needs import phrases
from maillage.needs.actions.refusal import NeedRefused
from maillage.needs.actions.telling import tell_need
from maillage.needs.enums import OVER, Reading, ThemeState
from maillage.needs.models import Need, Theme, Turn
from maillage.strategy.models import Measure


def propose_theme(
    *,
    title: str,
    by: User | None,
    at: datetime,
    summary: str = "",
    measure: Measure | None = None,
    needs: Iterable[Need] = (),
    is_example: bool = False,
) -> Theme:
    """Open a theme, and gather these needs in it. Raises NeedRefused (no title, title taken, a need that cannot)."""
    name = title.strip()[:120]
    slug = slugify(name)[:80]
    if not slug:
        raise NeedRefused(phrases.NO_TITLE, "title")
    chosen = list(needs)
    with transaction.atomic():
        if Theme.objects.filter(slug=slug).exists():
            raise NeedRefused(phrases.TITLE_TAKEN, "title")
        try:
            with transaction.atomic():
                theme = Theme.objects.create(
                    slug=slug, title=name, summary=summary.strip()[:600], measure=measure, opened_at=at,
                    is_example=is_example,
                )  # fmt: skip
        except IntegrityError as error:  # two agents open the same one at once
            raise NeedRefused(phrases.TITLE_TAKEN, "title") from error
        Turn.objects.create(theme=theme, state=ThemeState.GATHERED, at=at, by=by)
        journal(verb="propose_theme", target=theme, changes={"title": [None, name]}, by=by, at=at)
        if chosen:
            group_needs(theme=theme, needs=chosen, by=by, at=at)
    return theme


def group_needs(*, theme: Theme, needs: Iterable[Need], by: User | None, at: datetime) -> int:
    """Gather published needs in a theme, all or none; how many came in. Those that are there already stay.

    Whoever said one hears with how many others it stands. Raises NeedRefused.
    """
    wanted = {need.pk for need in needs}
    if not wanted:
        raise NeedRefused(phrases.NOTHING_TO_GROUP)
    with transaction.atomic():
        held = Theme.objects.select_for_update().get(pk=theme.pk)
        if held.state in OVER:
            raise NeedRefused(phrases.THEME_OVER)
        # In the order of their numbers, so that two agents wait for each other rather than for ever.
        rows = list(Need.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
        if len(rows) != len(wanted) or any(
            need.reading != Reading.PUBLISHED or need.theme_id not in {None, held.pk} for need in rows
        ):
            raise NeedRefused(phrases.NOT_TO_GROUP)
        fresh = [need for need in rows if need.theme_id is None]
        if not fresh:
            return 0
        Need.objects.filter(pk__in=[need.pk for need in fresh]).update(theme=held, grouped_at=at)
        journal(
            verb="group_needs", target=held, changes={"needs": [[], [need.reference for need in fresh]]}, by=by, at=at
        )
        for need in fresh:
            tell_need(need=need, kind="needs.grouped", key=f"needs.grouped:{need.pk}:{held.pk}", at=at)
    return len(fresh)


def ungroup(*, need: Need, by: User | None, at: datetime) -> None:
    """Take a need out of its theme; a letter that has not left says nothing any more. Twice does no harm."""
    with transaction.atomic():
        held = Need.objects.select_for_update(of=("self",)).select_related("theme").get(pk=need.pk)
        if held.theme is None:
            return
        before = held.theme.slug
        held.theme, held.grouped_at = None, None
        held.save(update_fields=["theme", "grouped_at"])
        journal(verb="ungroup", target=held, changes={"theme": [before, None]}, by=by, at=at)
