"""The room’s own part of a theme's page: resources, and measures of the strategy."""

from __future__ import annotations

from django.urls import reverse

from maillage.content.models import Resource
from maillage.kernel.registry import HubBlock, HubRow, HubRows, HubSubject
from maillage.strategy.models import Measure


def _resources(subject: HubSubject, limit: int) -> HubRows:
    rows = Resource.objects.published().about(subject.term_id)
    shown = rows.with_upkeep().defer("body", "words_key").order_by("words_key", "pk")[:limit]
    return HubRows(
        count=rows.count(), path=f"{reverse('content:resources')}?sujet={subject.code}",
        rows=tuple(HubRow(one.title, one.get_absolute_url(), one.get_type_display()) for one in shown),
    )  # fmt: skip


def _measures(subject: HubSubject, limit: int) -> HubRows:
    rows = Measure.objects.filter(pk__in=subject.measure_ids)
    shown = rows.order_by("position", "pk")[:limit]
    return HubRows(
        count=len(subject.measure_ids), path=reverse("strategy:board"),
        rows=tuple(HubRow(str(one), one.get_absolute_url(), one.get_state_display()) for one in shown),
    )  # fmt: skip


HUB_BLOCKS = (
    HubBlock(60, "Ressources", "Toutes les ressources du thème", _resources),
    HubBlock(70, "Dans la stratégie", "Toutes les mesures", _measures),
)
