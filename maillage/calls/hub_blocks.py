"""The room’s part of a theme’s page: calls of the territory that are open about it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from maillage.calls.queries.calls import open_about
from maillage.kernel.registry import HubBlock, HubRow, HubRows, HubSubject
from ui import french


def _calls(subject: HubSubject, limit: int) -> HubRows:
    rows = open_about(subject.code, timezone.now())
    return HubRows(
        count=rows.count(), path=f"{reverse('calls:calls')}?sujet={subject.code}",
        rows=tuple(
            HubRow(
                one.title, one.get_absolute_url(),
                f"jusqu’au {french.day(timezone.localdate(one.closes_at))}" if one.closes_at else "toute l’année",
            )
            for one in rows[:limit]
        ),
    )  # fmt: skip


HUB_BLOCKS = (HubBlock(25, "Appels ouverts", "Tous les appels ouverts du thème", _calls),)
