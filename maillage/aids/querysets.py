"""Aids, by who may see them, by day, by what a list asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from maillage.aids.models import Aid  # noqa: F401

# Never shown in a list, and long.
HEAVY = ("description", "eligibility", "contact", "said", "words_key")


class AidQuerySet(models.QuerySet["Aid"]):
    """Aids."""

    def published(self) -> AidQuerySet:
        """Those that an agent did not withdraw, over or not."""
        return self.filter(withdrawn_at__isnull=True)

    def withdrawn(self) -> AidQuerySet:
        return self.filter(withdrawn_at__isnull=False)

    def open(self, on: date) -> AidQuerySet:
        """Published, still in their source, and not past their deadline."""
        return self.published().filter(~_over(on))

    def over(self, on: date) -> AidQuerySet:
        """Published, and no more to be asked for."""
        return self.published().filter(_over(on))

    def keyed(self, *keys: str) -> AidQuerySet:
        """Those that bear every key ("audience:commune")."""
        rows = self
        for key in keys:
            rows = rows.filter(keys__contains=f" {key} ")
        return rows

    def keyed_by_any(self, keys: Iterable[str]) -> AidQuerySet:
        """Those that bear one of these keys at least."""
        found = Q(pk__in=[])
        for key in keys:
            found |= Q(keys__contains=f" {key} ")
        return self.filter(found)

    def light(self) -> AidQuerySet:
        """Without their long texts."""
        return self.defer(*HEAVY)


def _over(on: date) -> Q:
    return Q(gone_date__isnull=False) | (Q(deadline_date__isnull=False) & Q(deadline_date__lt=on))
