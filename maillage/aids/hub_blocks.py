"""The room’s part of a theme’s page: open aids about it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from maillage.aids.queries.published import Asked, found
from maillage.kernel.registry import HubBlock, HubRow, HubRows, HubSubject
from ui import french


def _aids(subject: HubSubject, limit: int) -> HubRows:
    rows = found(Asked(theme=subject.code), on=timezone.localdate())
    return HubRows(
        count=rows.count(), path=f"{reverse('aids:aids')}?sujet={subject.code}",
        rows=tuple(
            HubRow(
                one.short_title or one.name, one.get_absolute_url(),
                f"jusqu’au {french.day(one.deadline_date)}" if one.deadline_date else "",
            )
            for one in rows[:limit]
        ),
    )  # fmt: skip


HUB_BLOCKS = (HubBlock(30, "Aides ouvertes", "Toutes les aides du thème", _aids),)
