"""The room’s part of a theme’s page: needs that bear on it."""

from __future__ import annotations

from django.urls import reverse

from maillage.kernel.registry import HubBlock, HubRow, HubRows, HubSubject
from maillage.needs.models import Need


def _needs(subject: HubSubject, limit: int) -> HubRows:
    rows = Need.objects.published().about(subject.code)
    shown = rows.with_places().order_by("-said_at", "-pk")[:limit]
    return HubRows(
        count=rows.count(), path=f"{reverse('needs:needs')}?sujet={subject.code}",
        rows=tuple(HubRow(one.public_words, one.get_absolute_url(), one.place) for one in shown),
    )  # fmt: skip


HUB_BLOCKS = (HubBlock(10, "Ce qui manque", "Tous les besoins du thème", _needs),)
