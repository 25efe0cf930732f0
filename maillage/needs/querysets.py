"""Needs and themes, by who may see them and by what a screen shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

from maillage.directory.enums import TermKind
from maillage.needs.enums import OFFERED, OVER, Reading

if TYPE_CHECKING:
    from maillage.needs.models import Need, Theme  # noqa: F401

# Whoever said it counts; whoever joined it counts once their address is theirs.
COUNTED = Q(voices__is_author=True) | Q(voices__confirmed_at__isnull=False)


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs."""

    def published(self) -> NeedQuerySet:
        return self.filter(reading=Reading.PUBLISHED)

    def to_read(self) -> NeedQuerySet:
        """New ones, the oldest first."""
        return self.filter(reading=Reading.NEW).order_by("said_at", "pk")

    def ungrouped(self) -> NeedQuerySet:
        return self.published().filter(theme__isnull=True)

    def about(self, code: str) -> NeedQuerySet:
        """Those of a subject of the directory: it was said of them, or they are gathered in the theme of that name."""
        return self.filter(Q(topic__kind=TermKind.THEME, topic__code=code) | Q(theme__slug=code))

    def in_epcis(self, epcis: Any) -> NeedQuerySet:
        return self.filter(commune__epci__in=epcis)

    def with_people(self) -> Any:
        """Each with `people`: how many said it or joined it."""
        return self.annotate(people=Count("voices", filter=COUNTED, distinct=True))

    def with_places(self) -> NeedQuerySet:
        return self.select_related("commune__epci", "theme", "topic", "organisation")


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes."""

    def offered(self) -> ThemeQuerySet:
        """Those a call may offer."""
        return self.filter(state__in=OFFERED)

    def gathering(self) -> ThemeQuerySet:
        """Those that still take needs."""
        return self.exclude(state__in=OVER)

    def with_counts(self) -> Any:
        """Each with `need_count`, and `people` behind these needs."""
        counted = Q(needs__voices__is_author=True) | Q(needs__voices__confirmed_at__isnull=False)
        return self.annotate(
            need_count=Count("needs", distinct=True), people=Count("needs__voices", filter=counted, distinct=True)
        )
