"""The room’s part of a theme’s page: projects that their holders show."""

from __future__ import annotations

from django.urls import reverse

from maillage.desk.queries import PortfolioAsked, portfolio
from maillage.kernel.registry import HubBlock, HubRow, HubRows, HubSubject


def _projects(subject: HubSubject, limit: int) -> HubRows:
    rows, address = portfolio(PortfolioAsked(topic=subject.code)), reverse("desk:portfolio")
    return HubRows(
        count=rows.count(), path=f"{address}?sujet={subject.code}",
        rows=tuple(
            HubRow(one.title, f"{address}#projet-{one.reference}", one.get_stage_display()) for one in rows[:limit]
        ),
    )  # fmt: skip


HUB_BLOCKS = (HubBlock(40, "Projets", "Tous les projets du thème", _projects),)
