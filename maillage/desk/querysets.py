from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from maillage.desk.enums import OPEN, OPEN_ADVICE, ContactPart, Standing

if TYPE_CHECKING:
    from maillage.accounts.models import User
    from maillage.desk.models import Project  # noqa: F401


class ProjectQuerySet(models.QuerySet["Project"]):
    """Files of the desk."""

    def open(self) -> ProjectQuerySet:
        return self.filter(standing__in=OPEN)

    def to_answer(self) -> ProjectQuerySet:
        return self.filter(standing=Standing.NEW)

    def late(self, on: date) -> ProjectQuerySet:
        """Promised an answer before that day, and without one."""
        return self.to_answer().filter(answer_by__lt=on)

    def sleeping(self, at: datetime, *, days: int) -> ProjectQuerySet:
        """Followed, and nothing moved for so many days."""
        return self.filter(standing=Standing.FOLLOWED, moved_at__lt=at - timedelta(days=days))

    def held_by(self, user: User) -> ProjectQuerySet:
        return self.filter(contacts__user=user, contacts__part=ContactPart.HOLDER)

    def shown(self) -> ProjectQuerySet:
        """Their holder agreed that everybody reads of them."""
        return self.filter(shown_at__isnull=False)

    def in_epcis(self, epcis: set[str]) -> ProjectQuerySet:
        return self.filter(commune__epci__in=epcis)

    def with_open_advice(self) -> ProjectQuerySet:
        """Each with `open_advice`: recommendations that are not over."""
        waiting = Q(recommendations__state__in=OPEN_ADVICE)
        return self.annotate(open_advice=Count("recommendations", filter=waiting, distinct=True))
